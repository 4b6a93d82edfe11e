import { isJsonObject, jsonBytes, ownMember, type JsonObject } from '../json.js';
import { nodeType } from '../nodes/registry.js';
import { problem, type Problem } from '../problem.js';
import { boundedSettings } from './bounded-settings.js';
import {
  EDGES_MAX,
  FLOW_BYTES_MAX,
  FLOW_NAME_MAX,
  NODE_NAME_MAX,
  NODES_MAX,
  type Flow,
  type FlowEdge,
  type FlowNode,
} from './flow.js';

/** A flow that may be stored, or why not. Settings may still be incomplete: that is for `checkFlow`. */
export type FlowParsing =
  | { readonly flow: Flow; readonly problems: readonly [] }
  | { readonly flow?: never; readonly problems: readonly Problem[] };

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const PROBLEMS_MAX = 1_000;

/** Reads a flow from unknown JSON: known members only, within bounds, a graph without loose ends. Never throws. */
export function parseFlow(raw: unknown): FlowParsing {
  if (!isJsonObject(raw)) return { problems: [problem('not_a_flow')] };
  const problems: Problem[] = [];
  const id = readId(ownMember(raw, 'id'), problems);
  const name = readName(ownMember(raw, 'name'), FLOW_NAME_MAX);
  if (name === undefined || name === '') problems.push(problem('invalid_flow_name', { max: FLOW_NAME_MAX }));
  const nodes = readList(ownMember(raw, 'nodes'), NODES_MAX, 'too_many_nodes', problems);
  const edges = readList(ownMember(raw, 'edges'), EDGES_MAX, 'too_many_edges', problems);
  if (problems.length > 0) return { problems };
  const readNodes = parseNodes(nodes, problems);
  const readEdges = parseEdges(edges, new Map(readNodes.map((node) => [node.id, node])), problems);
  const flow: Flow = { id, name: name ?? '', nodes: readNodes, edges: readEdges };
  if (problems.length === 0 && jsonBytes(flow) > FLOW_BYTES_MAX)
    problems.push(problem('flow_too_large', { max: FLOW_BYTES_MAX }));
  return problems.length === 0 ? { flow, problems: [] } : { problems: problems.slice(0, PROBLEMS_MAX) };
}

function readId(value: unknown, problems: Problem[]): string {
  if (typeof value === 'string' && ID.test(value)) return value;
  problems.push(problem('invalid_flow_id'));
  return '';
}

function readName(value: unknown, max: number): string | undefined {
  return typeof value === 'string' && value.length <= max && !/[\0\p{Surrogate}]/u.test(value)
    ? value.trim()
    : undefined;
}

function readList(value: unknown, max: number, tooMany: string, problems: Problem[]): readonly unknown[] {
  if (!Array.isArray(value)) {
    problems.push(problem('not_a_flow'));
    return [];
  }
  if (value.length > max) problems.push(problem(tooMany, { max }));
  return value;
}

function parseNodes(rows: readonly unknown[], problems: Problem[]): readonly FlowNode[] {
  const ids = new Set<string>();
  const nodes: FlowNode[] = [];
  for (const [index, row] of rows.entries()) {
    const node = isJsonObject(row) ? parseNode(row, index, problems) : undefined;
    if (node === undefined) {
      if (!isJsonObject(row)) problems.push(problem('invalid_node', { index }));
      continue;
    }
    if (ids.has(node.id)) problems.push(problem('node_id_twice', { node: node.id }, { nodeId: node.id }));
    ids.add(node.id);
    nodes.push(node);
  }
  return nodes;
}

function parseNode(row: JsonObject, index: number, problems: Problem[]): FlowNode | undefined {
  const id = ownMember(row, 'id');
  if (typeof id !== 'string' || !ID.test(id)) {
    problems.push(problem('invalid_node_id', { index }));
    return undefined;
  }
  const typeName = ownMember(row, 'type');
  const type = typeof typeName === 'string' ? nodeType(typeName) : undefined;
  if (type === undefined) {
    const shown = typeof typeName === 'string' ? typeName.slice(0, 64) : typeof typeName;
    problems.push(problem('unknown_node_type', { type: shown }, { nodeId: id }));
    return undefined;
  }
  const name = readName(ownMember(row, 'name') ?? '', NODE_NAME_MAX);
  if (name === undefined) problems.push(problem('invalid_node_name', { max: NODE_NAME_MAX }, { nodeId: id }));
  const settings = parseMembers(row, 'settings', id, problems);
  const parsed = { id, type: type.type, name: name || type.title, settings };
  return Object.hasOwn(row, 'layout') ? { ...parsed, layout: parseMembers(row, 'layout', id, problems) } : parsed;
}

function parseMembers(
  row: JsonObject,
  setting: 'settings' | 'layout',
  nodeId: string,
  problems: Problem[],
): JsonObject {
  const { value, code } = boundedSettings(ownMember(row, setting) ?? {});
  if (code) problems.push(problem(code, {}, { nodeId, setting }));
  return value ?? {};
}

function parseEdges(
  rows: readonly unknown[],
  nodes: ReadonlyMap<string, FlowNode>,
  problems: Problem[],
): readonly FlowEdge[] {
  const drawn = new Set<string>();
  const edges: FlowEdge[] = [];
  for (const [index, row] of rows.entries()) {
    const edge = parseEdge(row, index, problems);
    if (edge === undefined) continue;
    const code = edgeProblem(edge, nodes);
    const key = `${edge.from} ${edge.output} ${edge.to}`;
    if (code)
      problems.push(
        problem(
          code,
          { from: edge.from, output: edge.output, to: edge.to },
          nodes.has(edge.from) ? { nodeId: edge.from } : {},
        ),
      );
    else if (drawn.has(key))
      problems.push(problem('edge_twice', { from: edge.from, to: edge.to }, { nodeId: edge.from }));
    drawn.add(key);
    edges.push(edge);
  }
  return edges;
}

function parseEdge(row: unknown, index: number, problems: Problem[]): FlowEdge | undefined {
  const texts = isJsonObject(row) ? (['from', 'output', 'to', 'id'] as const).map((name) => ownMember(row, name)) : [];
  const [from, output, to, id] = texts;
  const fits =
    [from, output, to].every((text) => typeof text === 'string' && ID.test(text)) &&
    (id === undefined || (typeof id === 'string' && ID.test(id)));
  if (!fits) {
    problems.push(problem('invalid_edge', { index }));
    return undefined;
  }
  const edge = { from: from as string, output: output as string, to: to as string };
  return typeof id === 'string' ? { id, ...edge } : edge;
}

function edgeProblem(edge: FlowEdge, nodes: ReadonlyMap<string, FlowNode>): string | undefined {
  const from = nodes.get(edge.from);
  const to = nodes.get(edge.to);
  if (from === undefined || to === undefined) return 'dangling_edge';
  if (!nodeType(from.type)?.outputs.some((output) => output.name === edge.output)) return 'unknown_output';
  return nodeType(to.type)?.kind === 'trigger' ? 'edge_into_trigger' : undefined;
}
