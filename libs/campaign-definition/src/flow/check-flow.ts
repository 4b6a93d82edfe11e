import type { CampaignContext } from '../campaign-context.js';
import { NodeCheck } from '../nodes/node-type.js';
import { nodeType } from '../nodes/registry.js';
import { problem, type Problem } from '../problem.js';
import { checkFlowLoops } from './check-flow-loops.js';
import { checkStructure } from './check-structure.js';
import type { Flow, FlowNode } from './flow.js';
import { FlowGraph } from './flow-graph.js';

/**
 * Everything that stands between a flow and its activation, all at once ([W]2, A54 to A59): errors block, warnings do not.
 * The same function serves the API, Start and the editor. Never throws for a flow of `parseFlow`.
 */
export function checkFlow(flow: Flow, context: CampaignContext): readonly Problem[] {
  const graph = new FlowGraph(flow);
  const reachable = graph.reachable();
  const problems: Problem[] = [...checkStructure(graph, reachable)];
  for (const node of flow.nodes) {
    if (reachable.has(node.id)) problems.push(...checkNode(node, flow, context));
  }
  problems.push(...checkFlowLoops(flow, context));
  return problems;
}

/** The problems of one node's settings, wherever the node stands. */
export function checkNode(node: FlowNode, flow: Flow, context: CampaignContext): readonly Problem[] {
  const type = nodeType(node.type);
  if (type === undefined) return [problem('unknown_node_type', { type: node.type.slice(0, 64) }, { nodeId: node.id })];
  const check = new NodeCheck(node, flow, context);
  const { draft, problems } = type.readSettings(node.settings);
  for (const { code, setting, title } of problems) check.add(code, setting, { setting: title, value: `of ${title}` });
  type.check(draft, check);
  return check.problems;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((each) => each.severity === 'error');
}

/** The refusal of an activation in one text: incomplete nodes together, then the other errors, each once. */
export function activationRefusal(problems: readonly Problem[]): string {
  const errors = problems.filter((each) => each.severity === 'error');
  const incomplete = [
    ...new Set(errors.filter((each) => each.code === 'missing_setting').map((each) => String(each.parameters['node']))),
  ];
  const others = errors.filter((each) => each.code !== 'missing_setting').map((each) => each.sentence);
  const first = incomplete.length === 0 ? [] : [problem('missing_setting', { node: incomplete.join(', ') }).sentence];
  return [...new Set([...first, ...others])].join(' ');
}
