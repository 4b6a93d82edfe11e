import type { flowRuns as contract } from '@poinciana/contracts';
import { type NewEvent, type StoredEvent, derivedId } from '@poinciana/event-sourcing';
import type { CutRun, FlowRun } from '@poinciana/flow-engine';
import type { FlowParticipant } from './flow-participant.js';
import type { DecidedRun, RunEffects, StoredRuns } from './run-trigger.js';

const ACTOR = 'service:flow-execution';

/** A decided run as an event of flow-runs-<participant>: data and the why-trace, personal values apart. */
export function runEvent(participant: FlowParticipant, decided: DecidedRun, time: string): NewEvent {
  const { run, firing } = decided;
  const completed = 'steps' in run;
  return {
    id: completed ? run.id : derivedId('cut', firing.eventId, run.flowId, causeOf(run)),
    workspace: participant.workspace,
    key: participant.id,
    time,
    causation: firing.eventId,
    correlation: firing.correlation,
    actor: ACTOR,
    hop: run.hop,
    ...(completed ? completedRun(participant, decided, run) : cutRun(participant, decided, run)),
  };
}

function completedRun(
  participant: FlowParticipant,
  decided: DecidedRun,
  run: FlowRun,
): Pick<NewEvent, 'type' | 'data' | 'personal'> {
  const completed = {
    run: headOf(participant, decided, run.id, run.flowVersion),
    path: run.steps as readonly object[] as contract.FlowRunCompleted['path'],
    fieldChanges: run.fieldChanges,
    plans: run.plans as readonly object[] as contract.FlowRunCompleted['plans'],
    cancels: run.cancels,
  };
  const { personal, failure } = run;
  if (failure === undefined) return { type: 'FlowRunCompleted', data: completed, personal };
  return { type: 'FlowRunFailed', data: { completed, code: failure.code, nodeId: failure.nodeId }, personal };
}

/** A run that a bound cut off is recorded, and asks for nothing (A11, A93). */
function cutRun(participant: FlowParticipant, decided: DecidedRun, cut: CutRun): Pick<NewEvent, 'type' | 'data'> {
  const id = derivedId('cut', decided.firing.eventId, cut.flowId, causeOf(cut));
  const completed: contract.FlowRunCompleted = {
    run: headOf(participant, decided, id, 0),
    path: [],
    fieldChanges: [],
    plans: [],
    cancels: [],
  };
  return { type: 'FlowRunFailed', data: { completed, code: cut.code } };
}

function causeOf({ cause }: CutRun): string {
  return cause.kind === 'event' ? cause.eventId : `${cause.runId}/${cause.nodeId}`;
}

function headOf(participant: FlowParticipant, decided: DecidedRun, id: string, flowVersion: number): contract.FlowRun {
  const { campaignId, customerId, life } = participant;
  const { firing, caughtUp, run } = decided;
  const { trigger, eventId, time } = firing;
  return {
    id,
    campaignId,
    participantId: participant.id,
    customerId,
    flowId: run.flowId,
    flowVersion,
    trigger: run.cause.kind === 'event' ? trigger : run.trigger,
    firedBy: eventId,
    now: time,
    caughtUp,
    life,
  };
}

/** Stored runs of a participant, in log order, by the event that fired them. A run that was cut did nothing. */
export function storedRuns(events: readonly StoredEvent[]): ReadonlyMap<string, StoredRuns> {
  const runs = new Map<string, StoredRuns>();
  for (const event of events) {
    const { run, plans, cancels } = completedOf(event);
    const { fieldValues = {} } = (event.personal ?? {}) as Partial<FlowRun['personal']>;
    const effects: RunEffects = {
      id: run.id,
      plans: plans as readonly object[] as FlowRun['plans'],
      cancels,
      personal: { fieldValues },
    };
    const before = runs.get(run.firedBy)?.effects ?? [];
    runs.set(run.firedBy, { effects: run.flowVersion === 0 ? before : [...before, effects], revision: event.revision });
  }
  return runs;
}

function completedOf(event: StoredEvent): contract.FlowRunCompleted {
  const { completed = event.data } = event.data as { readonly completed?: object };
  return completed as contract.FlowRunCompleted;
}
