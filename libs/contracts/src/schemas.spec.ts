import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { contractSchemas } from './schemas.js';

const SECRET = /secret|password|token/i;

test.each(contractSchemas.map(({ name, schema }) => [name, schema] as const))(
  'the schema %s is strict JSON Schema 2020-12, and each of its references leads somewhere',
  (_, schema) => {
    const ajv = new Ajv2020({ strict: true });
    ajv.addSchema(schema);
    for (const message of Object.keys(schema.$defs)) {
      expect(ajv.getSchema(`${schema.$id}#/$defs/${message}`)).toBeInstanceOf(Function);
    }
  },
);

test('no schema shows what is called a secret', () => {
  const members = contractSchemas.flatMap(({ name, schema }) =>
    Object.entries(schema.$defs).flatMap(([message, { properties }]) =>
      Object.keys(properties).map((member) => `${name} ${message}.${member}`),
    ),
  );
  expect(members.filter((member) => SECRET.test(member))).toEqual([]);
  expect(members).toContain('workspace.v1 Channel.settings');
});
