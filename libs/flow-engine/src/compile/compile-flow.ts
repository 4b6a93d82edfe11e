import {
  FlowGraph,
  isTriggerType,
  nodeType,
  type CampaignContext,
  type FieldDefinition,
  type Flow,
  type FlowNode,
  type TriggerType,
} from '@poinciana/campaign-definition';
import type { Execute } from '../nodes/node-execution.js';
import { nodeExecution } from '../nodes/registry.js';

/** A node ready to run: what it does, and where each output leads, in the order the edges were drawn. */
export interface CompiledNode {
  readonly id: string;
  readonly type: string;
  readonly execute: Execute;
  readonly targets: Readonly<Record<string, readonly number[]>>;
}

/** A flow version prepared once for any number of runs. Not JSON. */
export interface CompiledFlow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly nodes: readonly CompiledNode[];
  /** The index of the trigger's node. */
  readonly triggers: Readonly<Partial<Record<TriggerType, number>>>;
  /** The agents of the communication nodes that a trigger leads to ([W]4, A17, A54). */
  readonly agentIds: readonly string[];
  /** The campaign's fields, by name. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
}

/**
 * Prepares a flow of `parseFlow`. Never throws: a node whose settings cannot be used fails the run that reaches it
 * (`node_not_ready`), so a draft can be tried out too.
 */
export function compileFlow(flow: Flow, context: CampaignContext, version = 1): CompiledFlow {
  const indexes = new Map(flow.nodes.map((node, index) => [node.id, index]));
  const triggers: Partial<Record<TriggerType, number>> = {};
  const agentIds = new Set<string>();
  const reachable = new FlowGraph(flow).reachable();
  for (const [index, node] of flow.nodes.entries()) {
    if (isTriggerType(node.type)) triggers[node.type] ??= index;
    const agentId = node.settings['agentId'];
    if (typeof agentId === 'string' && reachable.has(node.id)) agentIds.add(agentId);
  }
  const nodes = flow.nodes.map((node) => ({
    id: node.id,
    type: node.type,
    execute: compileNode(node, context),
    targets: targetsOf(node, flow, indexes),
  }));
  const fields = new Map(context.fields.map((field) => [field.name, field]));
  return { id: flow.id, name: flow.name, version, nodes, triggers, agentIds: [...agentIds], fields };
}

function compileNode(node: FlowNode, context: CampaignContext): Execute {
  const reading = nodeType(node.type)?.readSettings(node.settings);
  const usable = reading !== undefined && reading.problems.length === 0;
  const execute = usable ? nodeExecution(node.type)?.compile(node, reading.draft, context) : undefined;
  return execute ?? ((walk) => walk.fail(node.id, 'node_not_ready'));
}

function targetsOf(node: FlowNode, flow: Flow, indexes: ReadonlyMap<string, number>): Record<string, number[]> {
  const targets: Record<string, number[]> = {};
  for (const edge of flow.edges) {
    const index = indexes.get(edge.to);
    if (edge.from !== node.id || index === undefined) continue;
    const known = Object.hasOwn(targets, edge.output) ? targets[edge.output] : undefined;
    if (known) known.push(index);
    else targets[edge.output] = [index];
  }
  return targets;
}

/** The triggers that a flow has. */
export function triggersOf(flow: CompiledFlow): readonly TriggerType[] {
  return Object.keys(flow.triggers).filter(isTriggerType);
}
