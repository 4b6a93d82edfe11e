import { describe, expect, test } from '@jest/globals';
import { type Flow, type JsonObject, PAYMENT_REMINDER_FIELDS } from '@poinciana/campaign-definition';
import type { flowRuns } from '@poinciana/contracts';
import { FLOW, FlowWorld } from '../../test/flow-world.js';

const CREATED = { id: 'created', type: 'participant-created', name: 'Created', settings: {} };
const CANCEL = { id: 'cancel', type: 'cancel-communications', name: 'Cancel', settings: {} };

/** Whether the amount is above 10. */
function checked(): Flow {
  const property = { group: 'participant', name: 'amount' };
  const settings: JsonObject = { property, operator: 'isGreaterThan', value: { source: 'static', value: 10 } };
  return {
    id: FLOW,
    name: 'Flow',
    nodes: [CREATED, { id: 'check', type: 'field-check', name: 'Check', settings }, CANCEL],
    edges: [
      { from: 'created', output: 'out', to: 'check' },
      { from: 'check', output: 'match', to: 'cancel' },
    ],
  };
}

describe('[W]9: what fell into a time in which the campaign was Active', () => {
  test.each([
    ['before', true],
    ['behind', false],
  ])('is decided with the flow and the fields of its Start, read %s the edit of both', async (_, isReadBefore) => {
    const world = new FlowWorld();
    await world.define(checked());
    await world.start();
    await world.create(1, { name: 'Anna', amount: 12 });
    if (isReadBefore) await world.readAll();
    await world.stop();
    await world.save({ ...checked(), nodes: [CREATED], edges: [] }, 2);
    await world.defineFields(PAYMENT_REMINDER_FIELDS.filter(({ name }) => name !== 'amount'));
    await world.readAll();
    const [run, ...more] = await world.runsOf(1);
    const { path } = (run?.data ?? { path: [] }) as Pick<flowRuns.FlowRunCompleted, 'path'>;
    expect(more).toEqual([]);
    expect(path.map(({ nodeId, output }) => [nodeId, output])).toEqual([
      ['created', 'out'],
      ['check', 'match'],
      ['cancel', 'out'],
    ]);
  });
});
