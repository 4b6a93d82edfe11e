import { nodeType } from '../nodes/registry.js';
import { problem, type Problem } from '../problem.js';
import type { FlowNode } from './flow.js';
import type { FlowGraph } from './flow-graph.js';

/** The rules of the graph: triggers, actions, cycles, branches ([W]2, A54, A55). */
export function checkStructure(graph: FlowGraph, reachable: ReadonlySet<string>): readonly Problem[] {
  return [
    ...checkTriggers(graph),
    ...checkActions(graph, reachable),
    ...graph.nodesOnCycles().map((node) => at(node, 'cycle')),
    ...graph.flow.nodes.filter((node) => reachable.has(node.id)).flatMap((node) => checkBranches(node, graph)),
    ...graph.flow.nodes
      .filter((node) => !reachable.has(node.id))
      .map((node) => at(node, 'unreachable_node', 'warning')),
  ];
}

function at(node: FlowNode, code: string, severity: 'error' | 'warning' = 'error'): Problem {
  return problem(
    code,
    { node: node.name, type: nodeType(node.type)?.title ?? node.type },
    { nodeId: node.id, severity },
  );
}

function checkTriggers(graph: FlowGraph): readonly Problem[] {
  const triggers = graph.triggers();
  if (triggers.length === 0) return [problem('no_trigger')];
  const types = new Set<string>();
  const problems: Problem[] = [];
  for (const trigger of triggers) {
    if (types.has(trigger.type)) problems.push(at(trigger, 'trigger_twice'));
    types.add(trigger.type);
    if (graph.edges(trigger.id).length === 0) problems.push(at(trigger, 'trigger_leads_nowhere'));
  }
  return problems;
}

function checkActions(graph: FlowGraph, reachable: ReadonlySet<string>): readonly Problem[] {
  const found = graph.flow.nodes.some((node) => reachable.has(node.id) && nodeType(node.type)?.kind === 'action');
  return found ? [] : [problem('no_action')];
}

/** Every output must lead on, except Else, which stops there with a warning, and the outputs of actions. */
function checkBranches(node: FlowNode, graph: FlowGraph): readonly Problem[] {
  const type = nodeType(node.type);
  if (type?.kind !== 'condition') return [];
  return type.outputs
    .filter((output) => graph.edges(node.id, output.name).length === 0)
    .map((output) => (output.mayStayOpen ? at(node, 'else_stops', 'warning') : at(node, 'branch_without_action')));
}
