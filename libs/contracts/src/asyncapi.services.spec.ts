import { expect, test } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { asyncApiDocument, contractSchemas } from './schemas.js';

const WARNING = 1;

test('the AsyncAPI document is valid, without a warning', async () => {
  const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApiDocument));
  expect(diagnostics.filter(({ severity }) => severity <= WARNING)).toEqual([]);
  const addresses = (document?.channels().all() ?? []).map((channel) => channel.address());
  expect(addresses).toContain('poinciana.flow-runs.v1');
  expect(addresses).toContain('poinciana.participants.inbound.v1');
  expect(addresses).toContain('poinciana.participants.rejected.v1');
  const events = contractSchemas.flatMap(({ events: own }) => Object.keys(own));
  expect(document?.messages().all()).toHaveLength(events.length + 2);
});

test('an AsyncAPI document that is broken is found', async () => {
  const broken = JSON.stringify(asyncApiDocument).replace('#/channels/participant"', '#/channels/nobody"');
  const { diagnostics } = await new Parser().parse(broken);
  expect(diagnostics.some(({ severity }) => severity <= WARNING)).toBe(true);
});
