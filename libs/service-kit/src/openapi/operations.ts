import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Every operation of a document, whatever its method. */
export function operationsOf({ paths }: OpenAPIObject): readonly Operation[] {
  return Object.values(paths)
    .flatMap(({ get, head, put, post, patch, delete: remove }) => [get, head, put, post, patch, remove])
    .filter((operation) => operation !== undefined);
}
