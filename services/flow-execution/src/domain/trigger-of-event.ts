import type { TriggerType } from '@poinciana/campaign-definition';
import type {
  communication as communicationContract,
  participant as participantContract,
  session as sessionContract,
} from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { CommunicationOutcome } from '@poinciana/flow-engine';

/** What an event of the log fires, without regard to whether anybody listens. */
export interface Firing {
  readonly trigger: TriggerType;
  readonly eventId: string;
  readonly number: number;
  /** When it happened, ISO 8601 in UTC. */
  readonly time: string;
  readonly correlation: string;
  readonly hop: number;
  readonly communication?: CommunicationOutcome;
  /** Participant Updated: the names of the fields that changed, `timezone` among them. */
  readonly changedFields?: readonly string[];
  /** Incoming Session: the agent that holds it. */
  readonly agentId?: string;
}

const UPDATES = [
  'CommunicationStarted',
  'CommunicationDelivered',
  'CommunicationRead',
  'CommunicationReplied',
  'CommunicationResultsChanged',
];

/** The trigger of an event ([W]3, [W]4), or undefined for one that fires nothing. */
export function firingOf(event: StoredEvent): Firing | undefined {
  switch (event.type) {
    case 'ParticipantCreated':
      return firing('participant-created', event);
    case 'ParticipantUpdated': {
      const { changed } = event.data as participantContract.ParticipantUpdated;
      return { ...firing('participant-updated', event), changedFields: changed };
    }
    case 'IncomingSessionStarted': {
      const { session } = event.data as sessionContract.IncomingSessionStarted;
      return { ...firing('incoming-session', event), ...(session === undefined ? {} : { agentId: session.agentId }) };
    }
    case 'CommunicationEnded':
      return endedFiring(event);
    default:
      return UPDATES.includes(event.type)
        ? { ...firing('communication-updated', event), communication: outcomeOf(event) }
        : undefined;
  }
}

/** A deletion ends communications silently (A19). */
function endedFiring(event: StoredEvent): Firing | undefined {
  const { communication } = event.data as communicationContract.CommunicationEnded;
  return communication.silent
    ? undefined
    : { ...firing('communication-ended', event), communication: outcomeOf(event) };
}

function firing(trigger: TriggerType, event: StoredEvent): Firing {
  const { id, position, time, correlation, hop } = event;
  return { trigger, eventId: id, number: position.number, time, correlation, hop };
}

/** What conditions may ask of the communication of an event (A4). */
export function outcomeOf(event: StoredEvent): CommunicationOutcome {
  const { communication } = event.data as communicationContract.CommunicationEnded;
  const personal = event.personal as Partial<communicationContract.CommunicationPersonal> | undefined;
  const { id, name, channelType, status, repliedAt, startedAt, endedAt } = communication;
  return {
    id,
    name,
    channel: channelType as CommunicationOutcome['channel'],
    status: status as CommunicationOutcome['status'],
    replied: repliedAt !== undefined,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(personal?.results === undefined ? {} : { results: personal.results }),
  };
}

/**
 * Whether an event fires something or is folded. The plan of a run does neither: the run that asked for it made it part of the
 * participant already. There is one a communication, so not looking at it saves a read and a write of her row. Only people plan
 * without a run: they let what failed be tried again.
 */
export function concernsFlows({ type, actor }: Pick<StoredEvent, 'type' | 'actor'>): boolean {
  if (type === 'CommunicationPlanned') return actor.startsWith('user:');
  return type.startsWith('Communication') || type.startsWith('Participant') || type === 'IncomingSessionStarted';
}

/** The participant that an event is about, or undefined for one that concerns none. */
export function participantOf(event: StoredEvent): string | undefined {
  const { participant, communication, participantId } = event.data as {
    readonly participant?: { readonly id: string };
    readonly communication?: communicationContract.Communication;
    readonly participantId?: sessionContract.IncomingSessionStarted['participantId'];
  };
  if (event.type === 'IncomingSessionStarted') return participantId;
  return participant?.id ?? communication?.participantId;
}
