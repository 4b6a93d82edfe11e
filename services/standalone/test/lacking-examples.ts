interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Files that are no text are shown by none. */
const WITHOUT_TEXT = ['application/zip', 'application/offset+octet-stream', 'multipart/form-data'];

/** The bodies and answers of a document of which nothing is shown by an example: `get /api/… 200`, `post /api/… body`. */
export function lackingExamples({ paths, components }: OpenApiDocument): readonly string[] {
  const isShown = (schema: Schema | undefined, seen: readonly string[] = []): boolean => {
    if (schema?.example !== undefined) return true;
    const reference = schema?.$ref;
    if (schema === undefined || (reference !== undefined && seen.includes(reference))) return false;
    if (reference === undefined) return partsOf(schema).some((part) => isShown(part, seen));
    return isShown(components.schemas[reference.split('/').at(-1) ?? ''], [...seen, reference]);
  };
  const lacks = (content: Content = {}): boolean =>
    Object.entries(content).some(
      ([mediaType, { schema, example }]) =>
        !WITHOUT_TEXT.includes(mediaType) && example === undefined && !isShown(schema),
    );
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody, responses }]) => [
      ...(lacks(requestBody?.content) ? [`${method} ${path} body`] : []),
      ...Object.entries(responses).flatMap(([status, { content }]) =>
        lacks(content) ? [`${method} ${path} ${status}`] : [],
      ),
    ]),
  );
}

function partsOf({ items, properties = {}, allOf = [], oneOf = [], anyOf = [] }: Schema): readonly Schema[] {
  return [...Object.values(properties), ...allOf, ...oneOf, ...anyOf, ...(items === undefined ? [] : [items])];
}
