import type { flowRuns as contract, JsonObject } from '@poinciana/contracts';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import type { CommunicationPersonal } from '../domain/communication.js';
import type { PlannedFacts } from '../domain/communication-commands.js';
import { eraseCommand, isErasure } from './erase-communications.js';
import type { CommandForCommunication, CommunicationOrigin } from './communication-writer.js';

/** The parts of a run's personal values that belong to one communication. */
interface PlannedValues {
  readonly address?: string;
  readonly templateVariables?: JsonObject;
  readonly customerContext?: JsonObject;
}

/** Whether the participant of a run was deleted, in the life that the run belongs to or a later one. */
export type IsGone = (participantId: string, life: number) => boolean;

/**
 * What a run asks for: its plans, then its cancels, which end what it planned before too (A20). Whoever decides runs may be behind a
 * deletion: then nothing that is personal is planned, and it ends at once (A19).
 */
export function commandsOfRun(event: StoredEvent, isGone: IsGone = () => false): readonly CommandForCommunication[] {
  const completed = completedOf(event);
  const run = completed?.run;
  if (completed === undefined || run === undefined) return [];
  const personal = event.personal as contract.FlowRunCompletedPersonal | undefined;
  const values = (personal?.communications ?? {}) as Readonly<Record<string, PlannedValues>>;
  const plans = isGone(run.participantId, lifeOf(run))
    ? completed.plans.flatMap((plan) => [
        planned(event, run, plan, undefined),
        eraseCommand(event, plan.communicationId),
      ])
    : completed.plans.map((plan) => planned(event, run, plan, values[plan.communicationId]));
  const cancels = completed.cancels.flatMap(({ nodeId, communicationIds }) =>
    communicationIds.map((id) => canceled(event, id, nodeId)),
  );
  return [...plans, ...cancels];
}

/** A deleted participant's communications end without firing anything (A19). */
export function commandsOfDeletion(
  event: StoredEvent,
  communicationIds: readonly string[],
): readonly CommandForCommunication[] {
  if (isErasure(event)) return communicationIds.map((id) => eraseCommand(event, id));
  return communicationIds.map((communicationId) => ({
    communicationId,
    command: { type: 'CancelCommunication', code: 'participant_deleted', silent: true, at: event.time },
    commandId: derivedId(event.id, communicationId),
    causation: event.id,
  }));
}

function completedOf({ type, data }: StoredEvent): contract.FlowRunCompleted | undefined {
  if (type === 'FlowRunCompleted') return data as contract.FlowRunCompleted;
  return (data as contract.FlowRunFailed).completed;
}

function planned(
  event: StoredEvent,
  run: contract.FlowRun,
  plan: contract.PlannedCommunication,
  values: PlannedValues | undefined,
): CommandForCommunication {
  return {
    communicationId: plan.communicationId,
    command: {
      type: 'PlanCommunication',
      facts: factsOf(event, run, plan),
      personal: personalOf(values),
      skipCode: plan.skipCode,
      at: event.time,
    },
    commandId: derivedId(event.id, plan.communicationId),
    causation: event.id,
    origin: effectOf(event),
  };
}

function factsOf(event: StoredEvent, run: contract.FlowRun, plan: contract.PlannedCommunication): PlannedFacts {
  const { sendAt, windowEnd, templateName, templateLanguage } = plan;
  return {
    id: plan.communicationId,
    campaignId: run.campaignId,
    participantId: run.participantId,
    customerId: run.customerId,
    flowId: run.flowId,
    flowVersion: run.flowVersion,
    runId: run.id,
    nodeId: plan.nodeId,
    name: plan.name,
    agentId: plan.agentId,
    channelId: plan.channelId,
    channelType: plan.channelType,
    durationMs: plan.durationMs,
    timing: plan.timing,
    plannedAt: event.time,
    life: lifeOf(run),
    hop: event.hop,
    ...(sendAt === undefined ? {} : { sendAt: canonical(sendAt) }),
    ...(windowEnd === undefined ? {} : { windowEnd: canonical(windowEnd) }),
    ...(templateName === undefined ? {} : { templateName }),
    ...(templateLanguage === undefined ? {} : { templateLanguage }),
  };
}

/** Events of older versions lack it. */
function lifeOf({ life }: contract.FlowRun): number {
  return life ?? 1;
}

function personalOf(values: PlannedValues | undefined): CommunicationPersonal {
  const { address = '', templateVariables = {}, customerContext = {} } = values ?? {};
  return { address, templateVariables, customerContext, results: {} };
}

/** With milliseconds, so that instants compare as texts. Throws a `RangeError` for what is no instant: the run is wrong. */
function canonical(instant: string): string {
  return new Date(instant).toISOString();
}

function canceled(event: StoredEvent, communicationId: string, nodeId: string): CommandForCommunication {
  return {
    communicationId,
    command: { type: 'CancelCommunication', code: 'canceled_by_flow', silent: false, at: event.time },
    commandId: derivedId(event.id, communicationId, 'cancel', nodeId),
    causation: event.id,
    origin: effectOf(event),
  };
}

/** What a run causes is one hop further from the outside event than the run itself (A11). */
function effectOf({ workspace, key, correlation, hop }: StoredEvent): CommunicationOrigin {
  return { workspace, key, correlation, hop: hop + 1 };
}
