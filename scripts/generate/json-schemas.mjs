/**
 * JSON Schemas (2020-12) of the contracts, as our JSON is: numbers are numbers, a field that is not marked optional is there, a
 * Struct is an object. A field marked `debug_redact` is a secret: it has no place in a schema, and so none in what is published.
 */

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const EVENT = '[poinciana.publication.v1.event]';
const PACKAGE = /^poinciana\.([a-z_]+)\.v(\d+)$/;
const INT32 = { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const INT64 = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const SCALARS = {
  TYPE_STRING: { type: 'string' },
  TYPE_BOOL: { type: 'boolean' },
  TYPE_DOUBLE: { type: 'number' },
  TYPE_FLOAT: { type: 'number' },
  TYPE_INT32: INT32,
  TYPE_INT64: INT64,
};
const WELL_KNOWN = {
  '.google.protobuf.Struct': { type: 'object' },
  '.google.protobuf.Value': {},
};
/** Where the descriptor of a file keeps its package, its messages and the fields of a message: the paths of comments begin so. */
const PATH = { package: 2, message: 4, field: 2 };

/**
 * One document a package: `{ name, category, version, events, schema }`, sorted by name. `events` says of each event which
 * message is its personal part, or null.
 */
export function contractSchemas(files) {
  return files
    .filter((file) => PACKAGE.test(file.package ?? '') && isSeen(file))
    .map(contractSchema)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The envelope is told by headers, and how a contract is published is nobody's business. */
function isSeen({ package: name }) {
  return !['poinciana.envelope.v1', 'poinciana.publication.v1'].includes(name);
}

function contractSchema(file) {
  const [, category, version] = PACKAGE.exec(file.package);
  const name = `${category.replaceAll('_', '-')}.v${version}`;
  const comments = new Map(
    (file.sourceCodeInfo?.location ?? []).map(({ path = [], leadingComments }) => [
      path.join('.'),
      textOf(leadingComments),
    ]),
  );
  const messages = file.messageType ?? [];
  const personal = new Set(messages.map((message) => eventOf(message)?.personal).filter((part) => part !== undefined));
  const schemas = messages.map((message, index) => [
    message.name,
    messageSchema(message, `${PATH.message}.${index}`, { comments, file, isPersonal: personal.has(message.name) }),
  ]);
  const events = messages.filter((message) => eventOf(message) !== undefined);
  for (const part of personal) if (!messages.some((message) => message.name === part)) throw noPersonal(file, part);
  return {
    name,
    category: category.replaceAll('_', '-'),
    version: Number(version),
    events: Object.fromEntries(events.map((message) => [message.name, eventOf(message).personal ?? null])),
    schema: {
      $schema: DIALECT,
      $id: `urn:poinciana:schema:${name}`,
      title: name,
      ...described(comments.get(String(PATH.package))),
      $defs: Object.fromEntries(schemas),
    },
  };
}

function messageSchema(message, path, context) {
  const fields = (message.field ?? []).map((field, index) => ({ field, path: `${path}.${PATH.field}.${index}` }));
  const open = fields.filter(({ field }) => field.options?.debugRedact !== true);
  const properties = open.map(({ field, path: at }) => [field.jsonName, fieldSchema(field, message, at, context)]);
  const personal = eventOf(message)?.personal;
  if (personal !== undefined) properties.push(['personal', personalSchema(personal, open, message)]);
  // What is personal may be erased, so nobody may rely on any of it.
  const required = context.isPersonal ? [] : open.filter(({ field }) => field.proto3Optional !== true);
  return {
    type: 'object',
    ...described(context.comments.get(path)),
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required: required.map(({ field }) => field.jsonName) }),
  };
}

function personalSchema(name, fields, message) {
  if (fields.some(({ field }) => field.jsonName === 'personal')) {
    throw new Error(`A field of ${message.name} is called personal, which is the place of its personal part.`);
  }
  return { $ref: `#/$defs/${name}`, description: 'Only where the installation opens personal values.' };
}

function fieldSchema(field, message, path, { comments, file }) {
  const description = described(comments.get(path));
  const entry = (message.nestedType ?? []).find(
    ({ name, options }) => options?.mapEntry === true && field.typeName?.endsWith(`.${message.name}.${name}`),
  );
  if (entry !== undefined) {
    const value = entry.field.find(({ name }) => name === 'value');
    return { type: 'object', ...description, additionalProperties: typeSchema(value, file) };
  }
  if (field.label === 'LABEL_REPEATED') return { type: 'array', ...description, items: typeSchema(field, file) };
  return { ...typeSchema(field, file), ...description };
}

function typeSchema({ type, typeName, name }, file) {
  const scalar = type === 'TYPE_MESSAGE' ? WELL_KNOWN[typeName] : SCALARS[type];
  if (scalar !== undefined) return scalar;
  const prefix = `.${file.package}.`;
  if (type === 'TYPE_MESSAGE' && typeName.startsWith(prefix))
    return { $ref: `#/$defs/${typeName.slice(prefix.length)}` };
  throw new Error(`${file.name}: the field ${name} is of a type that no schema of ours has (${typeName ?? type}).`);
}

function eventOf({ options }) {
  return options?.[EVENT];
}

function noPersonal(file, part) {
  return new Error(`${file.name}: there is no message ${part}, which an event names as its personal part.`);
}

function textOf(comment = '') {
  return comment.trim().replace(/\s*\n\s*/g, ' ');
}

function described(text = '') {
  return text === '' ? {} : { description: text };
}
