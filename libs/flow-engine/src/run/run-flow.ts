import { sameValue, type FieldDefinition, type FieldValue } from '@poinciana/campaign-definition';
import type { CompiledFlow, CompiledNode } from '../compile/compile-flow.js';
import type { FieldValues } from './participant-state.js';
import type { StepDraft, Walk } from './walk.js';

/**
 * Walks a flow from one node: depth first, edges in the order they were drawn, each node executed at most once (A13). Stops
 * behind a node that has questions.
 */
export function walkFlow(flow: CompiledFlow, start: number, walk: Walk): void {
  const visited = new Uint8Array(flow.nodes.length);
  const pending = [start];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const node = flow.nodes[index] as CompiledNode;
    const step: StepDraft = { nodeId: node.id, type: node.type };
    walk.steps.push(step);
    if (visited[index] === 1) {
      step.code = 'already_visited';
      continue;
    }
    visited[index] = 1;
    walk.raised = undefined;
    const output = outputOf(node, walk, step);
    if (walk.questions.length > 0) return;
    if (output === undefined) {
      step.code = walk.failure?.code ?? 'node_not_ready';
      return;
    }
    step.output = output;
    const targets = node.targets[output];
    if (targets === undefined) continue;
    for (let target = targets.length - 1; target >= 0; target--) pending.push(targets[target] as number);
  }
}

/** The output by which a run leaves a node; undefined where it fails, as at one that only left a trace, but too large a one. */
function outputOf(node: CompiledNode, walk: Walk, step: StepDraft): string | undefined {
  const output = node.execute(walk, step);
  return output !== undefined && walk.isTooLarge ? walk.fail(node.id, 'run_too_large') : output;
}

/** The assignments that change something against the values as they stand, siblings' effects included (A12, A45). */
export function netChanges(
  assigned: Readonly<Record<string, FieldValue | null>> | undefined,
  values: FieldValues,
  fields: ReadonlyMap<string, FieldDefinition>,
): Readonly<Record<string, FieldValue | null>> {
  const changes: Record<string, FieldValue | null> = {};
  if (assigned === undefined) return changes;
  for (const name of Object.keys(assigned)) {
    const value = assigned[name] ?? null;
    const before = Object.hasOwn(values, name) ? values[name] : null;
    if (!sameValue(fields.get(name)?.type ?? 'string', before, value)) changes[name] = value;
  }
  return changes;
}
