import type { OpenAPIObject } from '@nestjs/swagger';
import { POSITION_HEADER } from '../positions/position-interceptor.js';
import { operationsOf, type Operation } from './operations.js';

type Parameter = Exclude<NonNullable<Operation['parameters']>[number], { $ref: string }>;
type Schema = Exclude<NonNullable<Parameter['schema']>, { $ref: string }>;

const NAMES_AN_ID = /^id$|Id$/;
const POSITION = { type: 'string' as const, pattern: '^\\d{1,4}:\\d{1,15}$', example: '0:42' };
const EXAMPLES_BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0b5c7d2e-0000-4000-8000-000000000009',
  'date-time': '2026-11-20T09:00:00.000Z',
};

/** Says of parameters what decorators cannot know: what the pipes of a path take, an example of each format, and what is a header of answers. */
export function withDescribedParameters(document: OpenAPIObject): OpenAPIObject {
  for (const operation of operationsOf(document)) {
    const parameters = (operation.parameters ?? []).filter((each): each is Parameter => !('$ref' in each));
    if (parameters.some(isPosition)) answerWithPosition(operation);
    operation.parameters = parameters.filter((each) => !isPosition(each)).map(described);
  }
  return document;
}

function isPosition({ in: place, name }: Parameter): boolean {
  return place === 'header' && name === POSITION_HEADER;
}

function answerWithPosition({ responses }: Operation): void {
  for (const [status, answer] of Object.entries(responses)) {
    if (!status.startsWith('2') || answer === undefined || '$ref' in answer) continue;
    const description = 'The place in the log that the answer reflects.';
    answer.headers = { ...answer.headers, [POSITION_HEADER]: { description, schema: POSITION } };
  }
}

function described(parameter: Parameter): Parameter {
  if (parameter.schema === undefined || '$ref' in parameter.schema) return parameter;
  const isId = parameter.in === 'path' && NAMES_AN_ID.test(parameter.name);
  return { ...parameter, schema: withExample(precise(parameter.schema, isId)) };
}

/** Ids in a path are UUIDs, and numbers are whole. */
function precise(schema: Schema, isId: boolean): Schema {
  if (schema.type === 'number') return { ...schema, type: 'integer' };
  return schema.type === 'string' && isId ? { format: 'uuid', ...schema } : schema;
}

function exampleOf({ type, format = '', pattern }: Schema): string | number | undefined {
  if (pattern === POSITION.pattern) return POSITION.example;
  return type === 'integer' ? 3 : EXAMPLES_BY_FORMAT[format];
}

function withExample(schema: Schema): Schema {
  const example = exampleOf(schema);
  return example === undefined || schema.default !== undefined ? schema : { example, ...schema };
}
