import { describe, expect, it } from '@jest/globals';
import { fieldsUsed } from '@poinciana/campaign-definition';
import { check, compile, flowOf, set, whatsApp } from '../../test/scenario.js';
import { triggersOf } from './compile-flow.js';

const flow = flowOf(
  'f',
  {
    created: ['participant-created'],
    ended: ['communication-ended'],
    check: check('status', 'isEqualTo', 'Completed', 'communication'),
    update: set('a_integer', 1),
    send: whatsApp('A', { baseDate: { source: 'property', property: { group: 'participant', name: 'due_date' } } }),
    loose: whatsApp('B', { agentId: 'a2' }),
  },
  'created > update',
  'update > send',
  'ended > check',
  'check.match > send',
);

describe('a compiled flow', () => {
  it('[W]4, A54: knows its triggers and the agents that a trigger leads to', () => {
    const [compiled] = compile([flow]);
    expect(compiled && triggersOf(compiled)).toEqual(['participant-created', 'communication-ended']);
    expect(compiled?.agentIds).toEqual(['a1']);
  });
});

describe('[F]3: the uses of fields', () => {
  it('name the nodes; communication results are no fields', () => {
    expect(fieldsUsed(flow).map((use) => `${use.nodeName} ${use.field}`)).toEqual([
      'update a_integer',
      'send due_date',
    ]);
  });
});
