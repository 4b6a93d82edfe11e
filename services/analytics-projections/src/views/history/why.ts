import { reason } from '@poinciana/campaign-definition';
import type { flowRuns, JsonValue } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { explainRun, type Sentence } from '@poinciana/flow-engine';
import { flowOf } from '../../definitions/definitions.js';
import { contactSentence } from './contact-sentence.js';
import { engineRun } from './engine-run.js';
import { type CommunicationHistory, completedOf, type ParticipantHistory } from './participant-history.js';
import { fieldChanges, tellEvent } from './tell-event.js';
import { channelTitle, type Telling, timingText, triggerTitle } from './told.js';

export interface WhyStep {
  /** Counts from 1. */
  readonly number: number;
  readonly nodeId: string;
  readonly sentence: string;
  readonly code: string | null;
  readonly advice: string;
}

export interface WhyRun {
  readonly id: string;
  readonly time: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly flowVersion: number;
  readonly trigger: string;
  /** The event that fired it. */
  readonly firedBy: string;
  /** Start worked off what had happened in a pause (A2). */
  readonly caughtUp: boolean;
  readonly steps: readonly WhyStep[];
  readonly fieldChanges: readonly string[];
  /** The code of a run that stopped or was cut. */
  readonly failure: string | null;
  readonly communications: readonly WhyCommunication[];
}

export interface WhyCommunication {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly status: string;
  readonly sendAt: string | null;
  readonly windowEnd: string | null;
  /** Why then. */
  readonly because: string;
  readonly reason: { readonly code: string; readonly sentence: string; readonly advice: string } | null;
  /** What became of it, and what was written, in order. */
  readonly history: readonly WhyEvent[];
}

export interface WhyEvent {
  readonly time: string;
  readonly type: string;
  readonly sentence: string;
}

/** The whole why of a participant. */
export interface Why {
  readonly participantId: string;
  readonly campaignId: string;
  readonly name: JsonValue;
  /** In which zones times are told. */
  readonly timeZone: string;
  readonly workspaceTimeZone: string;
  readonly sentence: string;
  /** What happened to her fields, in order. */
  readonly changes: readonly (WhyEvent & { readonly fields: readonly string[] })[];
  /** In order; each with what it planned. */
  readonly runs: readonly WhyRun[];
  /** Whether older events were left out. */
  readonly isCut: boolean;
}

export function whyOf(history: ParticipantHistory, telling: Telling): Why {
  const communicationsById = new Map(history.communications.map((each) => [each.communication.id, each]));
  return {
    participantId: history.participant.id,
    campaignId: history.participant.campaignId,
    name: history.values['name'] ?? null,
    timeZone: telling.zone,
    workspaceTimeZone: telling.workspaceZone,
    sentence: contactSentence(history, telling),
    changes: history.events.map((event, at) => ({
      time: event.time,
      type: event.type,
      sentence: tellEvent(event, telling, history.events[at - 1]),
      fields: fieldChanges(event, telling, history.events[at - 1]),
    })),
    runs: history.runs.map((event) => whyRun(event, communicationsById, telling)),
    isCut: history.isCut,
  };
}

function whyRun(
  event: StoredEvent,
  communications: ReadonlyMap<string, CommunicationHistory>,
  telling: Telling,
): WhyRun {
  const { run, plans, fieldChanges: changed } = completedOf(event);
  const { code = null } = event.data as Partial<flowRuns.FlowRunFailed>;
  const flow = flowOf(telling.campaign, run.flowId, run.flowVersion);
  const sentences = flow === undefined ? [] : explainRun(engineRun(event), flow, telling.context);
  return {
    id: run.id,
    time: event.time,
    flowId: run.flowId,
    flowName: flow?.name ?? run.flowId,
    flowVersion: run.flowVersion,
    trigger: triggerTitle(run.trigger),
    firedBy: run.firedBy,
    caughtUp: run.caughtUp,
    steps: sentences.map(stepOf),
    fieldChanges: changed,
    failure: code,
    communications: plans.map((plan) => whyCommunication(plan, communications.get(plan.communicationId), telling)),
  };
}

function stepOf({ text, nodeId = '', reasonCode, advice }: Sentence, index: number): WhyStep {
  return { number: index + 1, nodeId, sentence: text, code: reasonCode ?? null, advice };
}

/** A plan, and what became of it as far as that is recorded yet. */
function whyCommunication(
  plan: flowRuns.PlannedCommunication,
  known: CommunicationHistory | undefined,
  telling: Telling,
): WhyCommunication {
  const { status, sendAt, windowEnd, code } = known?.communication ?? {
    ...plan,
    status: 'Planned',
    code: plan.skipCode,
  };
  const events = known === undefined ? [] : [...known.events, ...known.messages];
  return {
    id: plan.communicationId,
    name: plan.name,
    channel: channelTitle(plan.channelType),
    status,
    sendAt: sendAt ?? null,
    windowEnd: windowEnd ?? null,
    because: timingText(plan.timing),
    reason: code === undefined ? null : reason(code),
    history: events
      .toSorted((one, other) => one.position.number - other.position.number)
      .map((event) => ({ time: event.time, type: event.type, sentence: tellEvent(event, telling) })),
  };
}
