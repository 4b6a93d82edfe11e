import type { CampaignContext } from '../campaign-context.js';
import { nodeType } from '../nodes/registry.js';
import { compareSettings, type SettingChange } from './compare-settings.js';
import type { Flow, FlowEdge, FlowNode } from './flow.js';

/** What became of a node from one version of a flow to another. */
export interface NodeChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly nodeId: string;
  readonly type: string;
  /** As it is called in the newer version that has it. */
  readonly name: string;
  /** Settings of a changed node that differ; `name` and `type` among them. */
  readonly settings: readonly SettingChange[];
  /** The settings as one line, before and after. */
  readonly summaries: { readonly before?: string; readonly after?: string };
}

export interface EdgeChange {
  readonly change: 'added' | 'removed';
  readonly edge: FlowEdge;
}

/** Everything in which two versions of a flow differ, but for where nodes stand on the canvas. */
export interface FlowComparison {
  readonly name?: { readonly before: string; readonly after: string };
  /** Those of the older version in its order, then the added ones. */
  readonly nodes: readonly NodeChange[];
  readonly edges: readonly EdgeChange[];
  /** Nodes of which nothing changed but their place on the canvas. */
  readonly moved: readonly string[];
}

/** Compares two versions of a flow. Summaries name agents, channels and fields as the context has them now. Pure. */
export function compareFlows(before: Flow, after: Flow, context: CampaignContext): FlowComparison {
  const older = new Map(before.nodes.map((node) => [node.id, node]));
  const newer = new Map(after.nodes.map((node) => [node.id, node]));
  const kept = before.nodes.flatMap((node) => {
    const now = newer.get(node.id);
    return now === undefined ? [removedNode(node, context)] : changedNode(node, now, context);
  });
  const added = after.nodes.filter((node) => !older.has(node.id)).map((node) => addedNode(node, context));
  const changes = new Set(kept.map(({ nodeId }) => nodeId));
  const moved = before.nodes.filter((node) => !changes.has(node.id) && hasMoved(node, newer.get(node.id)));
  return {
    ...(before.name === after.name ? {} : { name: { before: before.name, after: after.name } }),
    nodes: [...kept, ...added],
    edges: edgeChanges(before.edges, after.edges),
    moved: moved.map(({ id }) => id),
  };
}

function removedNode(node: FlowNode, context: CampaignContext): NodeChange {
  return { change: 'removed', ...headOf(node), settings: [], summaries: { before: summaryOf(node, context) } };
}

function addedNode(node: FlowNode, context: CampaignContext): NodeChange {
  return { change: 'added', ...headOf(node), settings: [], summaries: { after: summaryOf(node, context) } };
}

function changedNode(before: FlowNode, after: FlowNode, context: CampaignContext): readonly NodeChange[] {
  const settings = compareSettings(comparedPart(before), comparedPart(after));
  if (settings.length === 0) return [];
  const summaries = { before: summaryOf(before, context), after: summaryOf(after, context) };
  return [{ change: 'changed', ...headOf(after), settings, summaries }];
}

function headOf({ id, type, name }: FlowNode): Pick<NodeChange, 'nodeId' | 'type' | 'name'> {
  return { nodeId: id, type, name };
}

function comparedPart({ name, type, settings }: FlowNode): FlowNode['settings'] {
  return { name, type, ...settings };
}

function summaryOf({ type, settings }: FlowNode, context: CampaignContext): string {
  const known = nodeType(type);
  return known === undefined ? type : known.summary(known.readSettings(settings).draft, context);
}

function hasMoved(before: FlowNode, after: FlowNode | undefined): boolean {
  return after !== undefined && JSON.stringify(before.layout) !== JSON.stringify(after.layout);
}

function edgeChanges(before: readonly FlowEdge[], after: readonly FlowEdge[]): readonly EdgeChange[] {
  const older = new Set(before.map(keyOf));
  const newer = new Set(after.map(keyOf));
  return [
    ...before.filter((edge) => !newer.has(keyOf(edge))).map((edge) => ({ change: 'removed', edge }) as const),
    ...after.filter((edge) => !older.has(keyOf(edge))).map((edge) => ({ change: 'added', edge }) as const),
  ];
}

function keyOf({ from, output, to }: FlowEdge): string {
  return `${from} ${output} ${to}`;
}
