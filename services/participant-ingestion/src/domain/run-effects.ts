import type { flowRuns as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { GivenValues } from './changes.js';
import { type FieldPlan, identityKeysOf, type ReadItem } from '@poinciana/participant-file';

/** What the Update Field nodes of one run ask for. */
export interface RunEffects {
  readonly event: StoredEvent;
  readonly run: contract.FlowRun;
  /** New values by field name, coerced by the engine; null resets. */
  readonly values: GivenValues;
}

/** The effects of a run on fields; none where it changes none, or the values were erased. A failed run keeps what came before (A15). */
export function runEffectsOf(event: StoredEvent): readonly RunEffects[] {
  const completed = completedOf(event);
  if (completed === undefined || completed.fieldChanges.length === 0) return [];
  const { fieldValues } = (event.personal ?? {}) as { readonly fieldValues?: GivenValues };
  return fieldValues === undefined ? [] : [{ event, run: completed.run, values: fieldValues }];
}

function completedOf({ type, data }: StoredEvent): contract.FlowRunCompleted | undefined {
  if (type === 'FlowRunCompleted') return data as contract.FlowRunCompleted;
  return type === 'FlowRunFailed' ? (data as contract.FlowRunFailed).completed : undefined;
}

/** In rounds in which no customer stands twice, each customer's effects in the order of the log. */
export function inRoundsByCustomer(effects: readonly RunEffects[]): readonly (readonly RunEffects[])[] {
  const rounds: RunEffects[][] = [];
  const taken = new Map<string, number>();
  for (const effect of effects) {
    const round = taken.get(effect.run.customerId) ?? 0;
    taken.set(effect.run.customerId, round + 1);
    (rounds[round] ??= []).push(effect);
  }
  return rounds;
}

/** The effects as an item of the one path for all doors. Fields that the campaign has no longer do not count. */
export function itemOfRun({ values }: RunEffects, number: number, plan: FieldPlan): ReadItem {
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => plan.types.has(name)));
  return {
    number,
    objectId: '',
    timeZone: undefined,
    given,
    keys: identityKeysOf(given),
    localDatetimes: [],
    problems: [],
    warnings: [],
  };
}
