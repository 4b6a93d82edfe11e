import { nodeType, type CampaignContext, type Draft, type FlowNode } from '@poinciana/campaign-definition';
import type { Message, ToldStep } from '../explain/message.js';
import type { StepDraft, Walk } from '../run/walk.js';

/** Executes a node in a run: returns the output to leave by, or undefined after `walk.fail`. Never throws. */
export type Execute = (walk: Walk, step: StepDraft) => string | undefined;

/** What one node type does; its settings and checks are told by the folder of the same name in campaign-definition. */
export interface NodeExecution<Settings> {
  readonly type: string;
  /** Prepares a node once for all runs; undefined when its settings cannot be used. `settings` were read without problems. */
  compile(node: FlowNode, settings: Draft<Settings>, context: CampaignContext): Execute | undefined;
  /** What a step of this type says for itself, when neither a failure nor a second arrival does. */
  explain(step: ToldStep, settings: Draft<Settings>): Message;
}

/** A trigger has nothing to do but lead on. */
export function triggerExecution(type: string): NodeExecution<object> {
  return {
    type,
    compile: () => () => 'out',
    explain: ({ run, step, context }) => {
      const parameters = { trigger: nodeType(type)?.title ?? type, now: run.now };
      if (step.fields === undefined) return { code: 'triggered', parameters };
      const titles = step.fields.map((name) => context.fields.find((field) => field.name === name)?.title ?? name);
      return { code: 'triggered_by_fields', parameters: { ...parameters, fields: titles.join(', ') } };
    },
  };
}

/** The settings as a whole, when nothing that is always needed is missing. */
export function whole<Settings>(draft: Draft<Settings>, ...needed: readonly (keyof Settings)[]): Settings | undefined {
  return needed.every((name) => draft[name] !== undefined) ? (draft as Settings) : undefined;
}
