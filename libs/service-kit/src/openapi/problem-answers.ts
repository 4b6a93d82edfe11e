import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../errors/problem.js';
import { operationsOf, type Operation } from './operations.js';

const NAME = 'Problem';
const FIRST_REFUSAL = '4';
const TEXT = { type: 'string' };

/** RFC 9457, with what every refusal of ours says. */
const SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { ...TEXT, example: 'urn:poinciana:problem:campaign_not_found' },
    title: { ...TEXT, example: 'Not found' },
    status: { type: 'integer', example: 404 },
    code: { ...TEXT, description: 'Stable: callers may switch on it.', example: 'campaign_not_found' },
    detail: { ...TEXT, example: 'There is no such campaign' },
    instance: {
      ...TEXT,
      description: 'The request: what to quote when asking for help.',
      example: 'urn:poinciana:request:1',
    },
    problems: {
      type: 'array',
      description: 'What is wrong with single fields of the request.',
      items: {
        type: 'object',
        required: ['field', 'detail'],
        properties: { field: { ...TEXT, example: '/name' }, detail: { ...TEXT, example: 'name should not be empty' } },
      },
    },
  },
};

/** Says of every operation that it may be refused, and how that is answered; refusals that it names get the same body. */
export function withProblemAnswers(document: OpenAPIObject): OpenAPIObject {
  for (const operation of operationsOf(document)) addAnswers(operation.responses);
  const schemas = { ...document.components?.schemas, [NAME]: SCHEMA };
  return { ...document, components: { ...document.components, schemas } };
}

function addAnswers(answers: Operation['responses']): void {
  const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: `#/components/schemas/${NAME}` } } };
  for (const [status, answer] of Object.entries(answers))
    if (status >= FIRST_REFUSAL && answer !== undefined && !('$ref' in answer)) answer.content ??= content;
  answers['default'] ??= { description: 'A refusal (RFC 9457).', content };
}
