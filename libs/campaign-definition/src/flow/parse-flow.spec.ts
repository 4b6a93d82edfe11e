import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paymentReminderFlow } from '../examples/payment-reminder.js';
import { FLOW_BYTES_MAX } from './flow.js';
import { parseFlow } from './parse-flow.js';

const created = { id: 'created', type: 'participant-created', name: 'Created', settings: {} };
const cancel = { id: 'cancel', type: 'cancel-communications', name: 'Cancel', settings: {} };
const edge = { from: 'created', output: 'out', to: 'cancel' };

function flow(changes: object = {}): object {
  return { id: 'f1', name: 'Flow', nodes: [created, cancel], edges: [edge], ...changes };
}

function codes(raw: unknown): readonly string[] {
  return parseFlow(raw).problems.map((problem) => problem.code);
}

function nested(depth: number): object {
  return depth === 0 ? {} : { deeper: nested(depth - 1) };
}

describe('a flow that may be stored', () => {
  it('comes back as it was written', () => {
    const raw = paymentReminderFlow({ flowId: 'f1', agentId: 'a1', channelId: 'c1' });
    expect(parseFlow(JSON.parse(JSON.stringify(raw))).flow).toEqual(raw);
  });

  it('loses members nobody knows, keeps layout and edge ids', () => {
    const raw = flow({
      evil: 1,
      nodes: [{ ...created, layout: { x: 1 }, more: true }, cancel],
      edges: [{ ...edge, id: 'e1', style: 'red' }],
    });
    expect(parseFlow(raw).flow).toEqual({
      ...flow(),
      nodes: [{ ...created, layout: { x: 1 } }, cancel],
      edges: [{ ...edge, id: 'e1' }],
    });
  });

  it('a node without a name is called like its type', () => {
    expect(parseFlow(flow({ nodes: [created, { ...cancel, name: ' ' }] })).flow?.nodes[1]?.name).toBe(
      'Cancel Communications',
    );
  });
});

describe('bad input is refused with a code', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['null', null, ['not_a_flow']],
    ['a list', [], ['not_a_flow']],
    ['nothing in it', {}, ['invalid_flow_id', 'invalid_flow_name', 'not_a_flow', 'not_a_flow']],
    ['id with a slash', flow({ id: '../x' }), ['invalid_flow_id']],
    ['long name', flow({ name: 'x'.repeat(201) }), ['invalid_flow_name']],
    ['unknown type', flow({ nodes: [created, { ...cancel, type: 'rm-rf' }] }), ['unknown_node_type', 'dangling_edge']],
    ['type of Object', flow({ nodes: [{ ...created, type: 'constructor' }], edges: [] }), ['unknown_node_type']],
    ['type that is a deep list', flow({ nodes: [{ ...created, type: deepList() }], edges: [] }), ['unknown_node_type']],
    ['node that is no object', flow({ nodes: [created, cancel, 7] }), ['invalid_node']],
    [
      'node id of a prototype',
      flow({ nodes: [created, { ...cancel, id: '__proto__' }] }),
      ['invalid_node_id', 'dangling_edge'],
    ],
    ['node id twice', flow({ nodes: [created, cancel, cancel] }), ['node_id_twice']],
    ['dangling edge', flow({ edges: [{ ...edge, to: 'nobody' }] }), ['dangling_edge']],
    ['unknown output', flow({ edges: [{ ...edge, output: 'match' }] }), ['unknown_output']],
    [
      'edge into a trigger',
      flow({ edges: [edge, { from: 'cancel', output: 'out', to: 'created' }] }),
      ['edge_into_trigger'],
    ],
    ['edge twice', flow({ edges: [edge, edge] }), ['edge_twice']],
    ['edge that is no object', flow({ edges: ['x'] }), ['invalid_edge']],
    ['deep settings', flow({ nodes: [created, { ...cancel, settings: nested(20) }] }), ['settings_too_deep']],
    [
      'forbidden key',
      flow({ nodes: [created, { ...cancel, settings: JSON.parse('{"a":{"__proto__":{"x":1}}}') }] }),
      ['forbidden_key'],
    ],
    ['settings that are a list', flow({ nodes: [created, { ...cancel, settings: [] }] }), ['settings_not_an_object']],
    ['NUL in a setting', flow({ nodes: [created, { ...cancel, settings: { text: 'a\0' } }] }), ['invalid_character']],
    [
      'wide settings',
      flow({ nodes: [created, { ...cancel, settings: { list: Array.from({ length: 6_000 }, () => 0) } }] }),
      ['settings_too_large'],
    ],
    [
      'long settings',
      flow({ nodes: [created, { ...cancel, settings: { text: 'x'.repeat(FLOW_BYTES_MAX) } }] }),
      ['flow_too_large'],
    ],
    [
      'settings long in bytes only',
      flow({ nodes: [created, { ...cancel, settings: { text: '漢'.repeat(FLOW_BYTES_MAX / 3) } }] }),
      ['flow_too_large'],
    ],
    [
      '10,000 nodes',
      flow({ nodes: Array.from({ length: 10_000 }, (_, index) => ({ ...cancel, id: `n${index}` })) }),
      ['too_many_nodes'],
    ],
    ['too many edges', flow({ edges: Array.from({ length: 1_001 }, () => edge) }), ['too_many_edges']],
  ])('%s', (_name, raw, expected) => expect(codes(raw)).toEqual(expected));

  it('never throws, whatever comes', () => {
    const anything = fc.anything({ withNullPrototype: true, maxDepth: 4 });
    const almost = fc.record(
      {
        id: anything,
        name: anything,
        nodes: fc.array(fc.record({ id: anything, type: anything, settings: anything })),
        edges: fc.array(anything),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, almost), (raw) => expect(Array.isArray(parseFlow(raw).problems)).toBe(true)),
    );
  });

  it('does not touch the prototype of objects', () => {
    parseFlow(JSON.parse('{"__proto__":{"polluted":1},"id":"f","name":"n","nodes":[],"edges":[]}'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

/** So deep that whoever walks down without a bound falls off the stack. */
function deepList(): unknown {
  let list: unknown = [];
  for (let depth = 0; depth < 100_000; depth++) list = [list];
  return list;
}
