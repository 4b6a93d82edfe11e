import type { CommunicationStatus, FieldValue } from '@poinciana/campaign-definition';
import type { communication as communicationContract, participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { NEW_PARTICIPANT, type ParticipantState, changedValues } from '@poinciana/flow-engine';
import { type FlowParticipant, born, withEnded } from './flow-participant.js';
import { outcomeOf } from './trigger-of-event.js';
import { confirmedChanges, withoutRun } from './unconfirmed.js';

/** The participant after an event of others, in log order. Her own runs are folded when they are decided (A1). */
export function foldEvent(participant: FlowParticipant, event: StoredEvent): FlowParticipant {
  return { ...foldByType(participant, event), appliedTo: event.position.number };
}

function foldByType(participant: FlowParticipant, event: StoredEvent): FlowParticipant {
  switch (event.type) {
    case 'ParticipantCreated':
      return created(participant, event);
    case 'ParticipantUpdated':
      return updated(participant, event);
    case 'ParticipantDeleted':
      return { ...participant, phase: 'deleted', seen: NEW_PARTICIPANT, marks: [], unconfirmed: undefined };
    default:
      return event.type.startsWith('Communication') ? communicated(participant, event) : participant;
  }
}

function created(participant: FlowParticipant, event: StoredEvent): FlowParticipant {
  const { participant: who } = event.data as contract.ParticipantCreated;
  const { campaignId, customerId, life, timeZone } = who;
  return born(participant, { workspace: event.workspace, campaignId, customerId, life }, valuesOf(event), timeZone);
}

/**
 * Only what changed is taken, not the whole state: a run decided since may have written other fields that ingestion does not
 * know yet. What a run of her own wrote was folded when it was decided, but others may have written the same field before ingestion
 * did.
 */
function updated(participant: FlowParticipant, event: StoredEvent): FlowParticipant {
  const { changed, source, participant: who } = event.data as contract.ParticipantUpdated;
  const values = valuesOf(event);
  const given = Object.fromEntries(
    changed.filter((name) => name !== 'timezone').map((name) => [name, values[name] ?? null] as const),
  );
  const isOwn = source.door === 'flow';
  const changes = isOwn ? confirmedChanges(participant.unconfirmed, given) : given;
  const seen = { ...participant.seen, values: changedValues(participant.seen.values, changes) };
  return {
    ...participant,
    seen: changed.includes('timezone') ? inZone(seen, who.timeZone) : seen,
    unconfirmed: isOwn ? withoutRun(participant.unconfirmed, source.runId) : participant.unconfirmed,
  };
}

function inZone({ zone: _, ...seen }: ParticipantState, zone: string | undefined): ParticipantState {
  return zone === undefined ? seen : { ...seen, zone };
}

function valuesOf(event: StoredEvent): Readonly<Record<string, FieldValue | null>> {
  const personal = event.personal as Partial<contract.ParticipantPersonal> | undefined;
  return (personal?.values ?? {}) as Readonly<Record<string, FieldValue | null>>;
}

/** What says that a communication was sent, for the mode `once` (A18); a signal may jump over those before it (A61). */
const SENT = ['CommunicationStarted', 'CommunicationDelivered', 'CommunicationRead', 'CommunicationReplied'];

/** What belongs to an earlier life is not seen (A19). */
function communicated(participant: FlowParticipant, event: StoredEvent): FlowParticipant {
  const { communication } = event.data as communicationContract.CommunicationEnded;
  if (communication.life !== participant.life || participant.phase === 'deleted') return participant;
  if (event.type === 'CommunicationEnded')
    return { ...participant, seen: withEnded(participant.seen, outcomeOf(event)) };
  const { id, name } = communication;
  const status = communication.status as CommunicationStatus;
  const { openCommunications, sentNames } = participant.seen;
  // What is canceled for the flows already does not come back with an event from before dispatch heard of it.
  const isNew = event.type === 'CommunicationPlanned' && openCommunications.every((each) => each.id !== id);
  const open = isNew
    ? [...openCommunications, { id, name, status }]
    : openCommunications.map((each) => (each.id === id ? { ...each, status } : each));
  const isSent = SENT.includes(event.type) && !sentNames.includes(name);
  const seen = { ...participant.seen, openCommunications: open, sentNames: isSent ? [...sentNames, name] : sentNames };
  return { ...participant, seen };
}
