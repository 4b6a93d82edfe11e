import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkStructure } from './check-structure.js';
import type { Flow, FlowEdge, FlowNode } from './flow.js';
import { FlowGraph } from './flow-graph.js';

const TYPES = [
  'participant-created',
  'communication-ended',
  'field-check',
  'field-check',
  'cancel-communications',
] as const;

function node(id: string, type: string): FlowNode {
  return { id, type, name: id, settings: {} };
}

function found(flow: Flow): readonly string[] {
  const graph = new FlowGraph(flow);
  return checkStructure(graph, graph.reachable())
    .map((problem) => `${problem.code} ${problem.nodeId ?? ''}`.trim())
    .sort();
}

const isTrigger = (each: FlowNode) => each.type === 'participant-created' || each.type === 'communication-ended';

/** Everything that walks of any length lead to; slow and plain on purpose. */
function reach(from: readonly string[], flow: Flow): ReadonlySet<string> {
  const next = (id: string) => flow.edges.filter((edge) => edge.from === id).map((edge) => edge.to);
  const seen = new Set<string>();
  let ends = [...from];
  for (let length = 0; length <= flow.nodes.length; length++) {
    ends = [...new Set(ends.flatMap(next))];
    for (const end of ends) seen.add(end);
  }
  return seen;
}

/** The same rules, decided by listing all walks, as a table of rule and condition for each node. */
function expected(flow: Flow): readonly string[] {
  const triggers = flow.nodes.filter(isTrigger);
  const live = reach(
    triggers.map((each) => each.id),
    flow,
  );
  const ofNodes = flow.nodes.flatMap((each) => {
    const reachable = isTrigger(each) || live.has(each.id);
    const outputs = new Set(flow.edges.filter((edge) => edge.from === each.id).map((edge) => edge.output));
    const first = flow.nodes.find((other) => other.type === each.type);
    const isLiveCheck = reachable && each.type === 'field-check';
    const rules: readonly (readonly [string, boolean])[] = [
      ['trigger_twice', isTrigger(each) && first !== each],
      ['trigger_leads_nowhere', isTrigger(each) && outputs.size === 0],
      ['cycle', reach([each.id], flow).has(each.id)],
      ['unreachable_node', !reachable],
      ['branch_without_action', isLiveCheck && !outputs.has('match')],
      ['else_stops', isLiveCheck && !outputs.has('else')],
    ];
    return rules.filter(([, broken]) => broken).map(([code]) => `${code} ${each.id}`);
  });
  const hasAction = flow.nodes.some((each) => each.type === 'cancel-communications' && live.has(each.id));
  return [...ofNodes, ...(triggers.length === 0 ? ['no_trigger'] : []), ...(hasAction ? [] : ['no_action'])].sort();
}

const graphs = fc.array(fc.constantFrom(...TYPES), { maxLength: 8 }).chain((types) => {
  const nodes = types.map((type, index) => node(`n${index}`, type));
  const targets = nodes.filter((each) => each.type === 'field-check' || each.type === 'cancel-communications');
  if (targets.length === 0) return fc.constant<Flow>({ id: 'f', name: 'f', nodes, edges: [] });
  const edges = fc
    .record({ from: fc.constantFrom(...nodes), to: fc.constantFrom(...targets), match: fc.boolean() })
    .map(({ from, to, match }): FlowEdge => ({
      from: from.id,
      output: from.type !== 'field-check' ? 'out' : match ? 'match' : 'else',
      to: to.id,
    }));
  return fc.array(edges, { maxLength: 14 }).map((drawn): Flow => ({ id: 'f', name: 'f', nodes, edges: drawn }));
});

describe('[W]2, A54, A55: the structure of a flow', () => {
  it('random graphs get exactly the problems that plain enumeration finds', () => {
    fc.assert(
      fc.property(graphs, (flow) => expect(found(flow)).toEqual(expected(flow))),
      { numRuns: 1_000 },
    );
  });

  it('a cycle that no trigger reaches is named too', () => {
    const nodes = [
      node('t', 'participant-created'),
      node('a', 'cancel-communications'),
      node('b', 'field-check'),
      node('c', 'field-check'),
    ];
    const edges = [
      { from: 't', output: 'out', to: 'a' },
      { from: 'b', output: 'match', to: 'c' },
      { from: 'c', output: 'match', to: 'b' },
    ];
    expect(found({ id: 'f', name: 'f', nodes, edges })).toEqual([
      'cycle b',
      'cycle c',
      'unreachable_node b',
      'unreachable_node c',
    ]);
  });

  it('a flow of 200 nodes in a ring is found to be a cycle of 200', () => {
    const nodes = Array.from({ length: 200 }, (_, index) => node(`n${index}`, 'cancel-communications'));
    const edges = nodes.map((each, index) => ({ from: each.id, output: 'out', to: `n${(index + 1) % 200}` }));
    expect(found({ id: 'f', name: 'f', nodes, edges }).filter((code) => code.startsWith('cycle'))).toHaveLength(200);
  });
});
