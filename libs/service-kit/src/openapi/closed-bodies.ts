import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './operations.js';

const SCHEMAS = '#/components/schemas/';

/** Says of the objects in bodies that a property which they do not name is refused: `RequestValidation` does. */
export function withClosedBodies(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  const open = operationsOf(document).flatMap(({ requestBody }) => namedIn(requestBody));
  const closed = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = schemas[name];
    if (schema === undefined || '$ref' in schema || closed.has(name)) continue;
    closed.add(name);
    open.push(...namedIn(schema));
    if (schema.properties !== undefined) schema.additionalProperties ??= false;
  }
  return document;
}

/** The schemas that a part of the document names. */
function namedIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { $ref: reference } = part as { readonly $ref?: unknown };
  if (typeof reference === 'string') return [reference.slice(SCHEMAS.length)];
  return Object.values(part).flatMap(namedIn);
}
