import { nodeType } from '../nodes/registry.js';
import type { Flow, FlowEdge, FlowNode } from './flow.js';

/** A flow with its edges at hand. Built for flows of `parseFlow`: ids are unique and edges lead somewhere. */
export class FlowGraph {
  readonly nodes: ReadonlyMap<string, FlowNode>;
  private readonly edgesFrom = new Map<string, FlowEdge[]>();

  constructor(readonly flow: Flow) {
    this.nodes = new Map(flow.nodes.map((node) => [node.id, node]));
    for (const edge of flow.edges) {
      if (!this.nodes.has(edge.to)) continue;
      const edges = this.edgesFrom.get(edge.from);
      if (edges) edges.push(edge);
      else this.edgesFrom.set(edge.from, [edge]);
    }
  }

  /** The edges out of a node in the order in which they were drawn; of one output when it is named. */
  edges(nodeId: string, output?: string): readonly FlowEdge[] {
    const edges = this.edgesFrom.get(nodeId) ?? [];
    return output === undefined ? edges : edges.filter((edge) => edge.output === output);
  }

  triggers(): readonly FlowNode[] {
    return this.flow.nodes.filter((node) => nodeType(node.type)?.kind === 'trigger');
  }

  /** The ids of all nodes that some trigger leads to, triggers included. */
  reachable(): ReadonlySet<string> {
    const found = new Set(this.triggers().map((node) => node.id));
    for (const id of found) for (const edge of this.edges(id)) found.add(edge.to);
    return found;
  }

  /** The nodes that lie on a cycle, in the order of the flow: each leads back to itself. */
  nodesOnCycles(): readonly FlowNode[] {
    const onCycle = nodesInCycles(
      this.flow.nodes.map((node) => node.id),
      (id) => this.edges(id).map((edge) => edge.to),
    );
    return this.flow.nodes.filter((node) => onCycle.has(node.id));
  }
}

/** The nodes of a graph that lie on some cycle. Nodes that are no part of one are peeled off from both ends, then each rest is tried. */
export function nodesInCycles(
  ids: readonly string[],
  targetsOf: (id: string) => readonly string[],
): ReadonlySet<string> {
  const rest = peel(peel(new Set(ids), targetsOf), reversed(ids, targetsOf));
  return new Set(
    [...rest].filter((id) => leadsTo(id, id, (from) => targetsOf(from).filter((target) => rest.has(target)))),
  );
}

/** Removes, again and again, what has no target among the rest. */
function peel(ids: ReadonlySet<string>, targetsOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const rest = new Set(ids);
  for (let before = -1; before !== rest.size;) {
    before = rest.size;
    for (const id of rest) if (!targetsOf(id).some((target) => rest.has(target))) rest.delete(id);
  }
  return rest;
}

function reversed(
  ids: readonly string[],
  targetsOf: (id: string) => readonly string[],
): (id: string) => readonly string[] {
  const sources = new Map<string, string[]>();
  for (const id of ids) for (const target of targetsOf(id)) sources.set(target, [...(sources.get(target) ?? []), id]);
  return (id) => sources.get(id) ?? [];
}

function leadsTo(from: string, goal: string, targetsOf: (id: string) => readonly string[]): boolean {
  const seen = new Set(targetsOf(from));
  for (const id of seen) {
    if (id === goal) return true;
    for (const target of targetsOf(id)) seen.add(target);
  }
  return false;
}
