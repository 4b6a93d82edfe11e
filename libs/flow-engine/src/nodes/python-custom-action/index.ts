import { isJsonObject, KEYS_NO_FLOW_WRITES, type PythonActionSettings } from '@poinciana/campaign-definition';
import { explainAssigned } from '../../explain/explain-assigned.js';
import { Assigning } from '../../run/assigning.js';
import type { StepDraft, Walk } from '../../run/walk.js';
import type { NodeExecution } from '../node-execution.js';

/** Runs a script and takes over the field changes that it returns, all of them or none (A78). */
export const pythonCustomAction: NodeExecution<PythonActionSettings> = {
  type: 'python-custom-action',
  compile: (node, { script }) => {
    if (script === undefined) return undefined;
    const asked = { nodeId: node.id, setting: 'script', kind: 'action', code: script } as const;
    return (walk, step) => {
      const answer = walk.ask(asked);
      if (answer === undefined) return 'out';
      if (answer.outcome === 'value') return takeOver(answer.value ?? {}, node.id, walk, step);
      walk.raise(answer.code, answer.traceback);
      return walk.fail(node.id, answer.code);
    };
  },
  explain: explainAssigned,
};

function takeOver(returned: unknown, nodeId: string, walk: Walk, step: StepDraft): string | undefined {
  const assigning = new Assigning(walk);
  if (!isJsonObject(returned)) assigning.refuse('python_result');
  const changes = isJsonObject(returned) ? Object.entries(returned) : [];
  for (const [name, value] of changes) {
    const field = walk.input.fields.get(name);
    if (field === undefined || KEYS_NO_FLOW_WRITES.includes(name)) assigning.refuse('python_result', 'unknown_field');
    else assigning.assign(name, field, value);
  }
  return assigning.finish(
    nodeId,
    step,
    changes.map(([name]) => name),
  );
}
