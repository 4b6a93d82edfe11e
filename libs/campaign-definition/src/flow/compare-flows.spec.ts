import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PAYMENT_REMINDER_FIELDS, paymentReminderFlow } from '../examples/payment-reminder.js';
import { compareFlows } from './compare-flows.js';
import { describeComparison } from './describe-comparison.js';
import type { Flow, FlowNode } from './flow.js';

const flow = paymentReminderFlow({ flowId: 'flow', agentId: 'agent', channelId: 'channel' });
const context = {
  fields: PAYMENT_REMINDER_FIELDS,
  agents: [{ id: 'agent', name: 'Collections Bot', channelIds: ['channel'], results: [] }],
  channels: [],
  flows: [],
};

function changed(nodeId: string, change: (node: FlowNode) => Partial<FlowNode>): Flow {
  return { ...flow, nodes: flow.nodes.map((node) => (node.id === nodeId ? { ...node, ...change(node) } : node)) };
}

function sentences(before: Flow, after: Flow): readonly string[] {
  return describeComparison(compareFlows(before, after, context), before, after);
}

describe('two versions of a flow', () => {
  const [first, second] = flow.nodes;
  if (first === undefined || second === undefined) throw new Error('The example has nodes');

  test('that are the same do not differ', () => {
    expect(compareFlows(flow, structuredClone(flow), context)).toEqual({ nodes: [], edges: [], moved: [] });
    expect(sentences(flow, flow)).toEqual(['The two versions do not differ.']);
  });

  test('differ in settings, by their paths and as a sentence', () => {
    const after = changed('is-paid', (node) => ({
      settings: { ...node.settings, operator: 'isSet', note: undefined },
    }));
    const { nodes } = compareFlows(flow, after, context);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ change: 'changed', nodeId: 'is-paid', type: 'field-check' });
    expect(nodes[0]?.settings.map(({ setting }) => setting)).toContain('operator');
    expect(sentences(flow, after)).toHaveLength(1);
  });

  test('differ in what was added, removed and led elsewhere', () => {
    const extra: FlowNode = { id: 'extra', type: 'cancel-communications', name: 'Stop it', settings: {} };
    const after: Flow = {
      ...flow,
      name: 'Other',
      nodes: [...flow.nodes.filter(({ id }) => id !== second.id), extra],
      edges: [
        ...flow.edges.filter(({ from, to }) => from !== second.id && to !== second.id),
        { from: first.id, output: 'out', to: 'extra' },
      ],
    };
    const comparison = compareFlows(flow, after, context);
    expect(comparison.name).toEqual({ before: flow.name, after: 'Other' });
    expect(comparison.nodes.map(({ change, nodeId }) => [change, nodeId])).toEqual([
      ['removed', second.id],
      ['added', 'extra'],
    ]);
    const told = sentences(flow, after);
    expect(told[0]).toBe(`The flow was renamed from '${flow.name}' to 'Other'.`);
    expect(told).toContain(`'${first.name}' now leads to 'Stop it'.`);
    expect(told.some((sentence) => sentence.startsWith("Cancel Communications 'Stop it' was added"))).toBe(true);
  });

  test('that were only moved on the canvas say so and nothing else', () => {
    const after = changed(first.id, () => ({ layout: { x: 1, y: 2 } }));
    expect(compareFlows(flow, after, context)).toEqual({ nodes: [], edges: [], moved: [first.id] });
  });

  test('name a node type that is not known any more by its name', () => {
    const before = changed(first.id, () => ({ type: 'gone' }));
    expect(compareFlows(before, flow, context).nodes[0]?.summaries.before).toBe('gone');
  });
});

const settings = fc.dictionary(
  fc.constantFrom('a', 'b', '__proto__', 'constructor'),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<null>,
);

test('the changes of settings, applied, lead from one version to the other, whatever their names', () => {
  fc.assert(
    fc.property(settings, settings, (one, other) => {
      const before = changed('is-paid', () => ({ settings: JSON.parse(JSON.stringify(one)) as FlowNode['settings'] }));
      const after = changed('is-paid', () => ({ settings: JSON.parse(JSON.stringify(other)) as FlowNode['settings'] }));
      const same = compareFlows(before, after, context).nodes.length === 0;
      expect(same).toBe(sorted(one) === sorted(other));
    }),
  );
});

/** JSON whose names stand in the order of the alphabet. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
