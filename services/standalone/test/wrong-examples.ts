import { Ajv } from 'ajv';
import type { OpenApiDocument } from './lacking-examples.js';

/** Formats that say what a text looks like; the others say what it is for. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
  uri: /^[a-z]+:\S+$/,
};
const DOCUMENT = 'document';

/** The examples, and the values that hold where nothing is said, that their own schema would refuse: where they stand, and why. */
export function wrongExamples(document: OpenApiDocument): readonly string[] {
  const whole: unknown = JSON.parse(
    JSON.stringify(document).replaceAll('"#/components/', `"${DOCUMENT}#/components/`),
    typed,
  );
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { ...FORMATS, binary: true } });
  ajv.addSchema(whole as object, DOCUMENT);
  return schemasOf(whole, '').flatMap(({ at, schema, shown }) => {
    const isRight = ajv.compile(schema);
    return shown.flatMap((value) => (isRight(value) ? [] : [`${at}: ${ajv.errorsText(isRight.errors)}`]));
  });
}

/** OpenAPI says nullable beside a reference too; the validator wants to know of what type. */
function typed(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value;
  const { nullable: _nullable, ...schema } = value;
  return { anyOf: [{ type: 'null' }, schema] };
}

interface Shown {
  readonly at: string;
  readonly schema: object;
  readonly shown: readonly unknown[];
}

/** Everything in a document that shows a value of a schema: schemas themselves, and bodies beside their schema. */
function schemasOf(value: unknown, at: string): readonly Shown[] {
  if (typeof value !== 'object' || value === null) return [];
  const parts = Object.entries(value)
    .filter(([name]) => !isShown(value, name))
    .flatMap(([name, part]) =>
      name === 'properties'
        ? Object.entries(part as object).flatMap(([own, each]) => schemasOf(each, `${at}/${own}`))
        : schemasOf(part, `${at}/${name}`),
    );
  const { schema = value } = value as { readonly schema?: object };
  const shown = [...SHOWN].flatMap((name) => (isShown(value, name) ? [(value as Record<string, unknown>)[name]] : []));
  return shown.length === 0 ? parts : [{ at, schema, shown }, ...parts];
}

const SHOWN: ReadonlySet<string> = new Set(['example', 'default']);

/** The answer called `default`, and a property of that name, are schemas themselves. */
function isShown(value: object, name: string): boolean {
  if (!SHOWN.has(name)) return false;
  const isSchema = ['type', '$ref', 'enum', 'oneOf', 'anyOf', 'allOf', 'schema'].some((keyword) => keyword in value);
  return isSchema && Object.hasOwn(value, name);
}

/** The parameters of which nobody is told what one looks like: neither an example, nor a default, nor a list of values. */
export function parametersWithoutExample({ paths }: OpenApiDocument): readonly string[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) =>
      parameters
        .filter(({ schema = {} }) => !['example', 'default', 'enum'].some((keyword) => keyword in schema))
        .map(({ in: place, name }) => `${method} ${path} ${place} ${name}`),
    ),
  );
}
