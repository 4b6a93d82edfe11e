import type { CampaignContext } from '../campaign-context.js';
import { problem, type Problem } from '../problem.js';
import type { Flow, FlowNode } from './flow.js';
import { FlowGraph, nodesInCycles } from './flow-graph.js';

/** To Another Flow must not form a loop over the active flows and this one (A59). Named at the nodes that lead into the loop. */
export function checkFlowLoops(flow: Flow, context: CampaignContext): readonly Problem[] {
  const exits = exitsOf(flow);
  if (exits.length === 0) return [];
  const others = context.flows.filter((other) => other.active && other.flow.id !== flow.id).map((other) => other.flow);
  const targets = new Map([flow, ...others].map((each) => [each.id, new Set(exitsOf(each).map(targetOf))]));
  const targetsOf = (id: string) => [...(targets.get(id) ?? [])].filter((target) => targets.has(target));
  if (!nodesInCycles([...targets.keys()], targetsOf).has(flow.id)) return [];
  return exits
    .filter((exit) => targetOf(exit) !== flow.id && leadsBack(targetOf(exit), flow.id, targetsOf))
    .map((exit) => problem('flow_loop', { node: exit.name }, { nodeId: exit.id, setting: 'flowId' }));
}

function exitsOf(flow: Flow): readonly FlowNode[] {
  const candidates = flow.nodes.filter((node) => node.type === 'to-another-flow');
  if (candidates.length === 0) return [];
  const reachable = new FlowGraph(flow).reachable();
  return candidates.filter((node) => reachable.has(node.id));
}

function targetOf(exit: FlowNode): string {
  const target = exit.settings['flowId'];
  return typeof target === 'string' ? target : '';
}

function leadsBack(from: string, goal: string, targetsOf: (id: string) => readonly string[]): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === goal) return true;
    for (const target of targetsOf(id)) seen.add(target);
  }
  return false;
}
