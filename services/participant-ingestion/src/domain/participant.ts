import type { FieldType } from '@poinciana/campaign-definition';
import type { participant as contract } from '@poinciana/contracts';
import { type Decider, DomainError, type EventOf, type JsonObject } from '@poinciana/event-sourcing';
import { areTooLarge, changesOf, type GivenValues, storedValue, type ValueChanges } from './changes.js';
import { TIME_ZONE } from '@poinciana/participant-file';

/** A customer in a campaign, once per object_id. */
export interface Participant {
  readonly phase: 'none' | 'present' | 'deleted';
  /** Counts the lives from 1 (A19). */
  readonly life: number;
  readonly campaignId: string;
  readonly customerId: string;
  /** Empty when the customer stands in the campaign once. */
  readonly objectId: string;
  /** The customer was erased. */
  readonly erased?: boolean;
  /** IANA name; undefined: the workspace's zone holds. */
  readonly timeZone?: string;
  /** Every value, those of the customer's profile included. */
  readonly values: JsonObject;
}

export type ParticipantEvent =
  | EventOf<'ParticipantCreated', contract.ParticipantCreated, contract.ParticipantPersonal>
  | EventOf<'ParticipantUpdated', contract.ParticipantUpdated, contract.ParticipantPersonal>
  | EventOf<'ParticipantDeleted', contract.ParticipantDeleted>;

/** Who a command is about. */
export interface ParticipantIdentity {
  readonly id: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly objectId: string;
}

export interface UpsertParticipant {
  readonly type: 'UpsertParticipant';
  readonly identity: ParticipantIdentity;
  readonly given: GivenValues;
  /** undefined leaves the zone as it is, null clears it. */
  readonly timeZone: string | null | undefined;
  /** The customer's profile after this item: what a participant that is new begins with. */
  readonly profile: JsonObject;
  readonly customerFields: readonly string[];
  readonly types: ReadonlyMap<string, FieldType>;
  readonly source: contract.Source;
  /** Only this life of the participant takes the values; without it, a new life begins where there is none. */
  readonly life?: number;
}

/** Takes a participant out of its campaign; the customer stays. */
export interface DeleteParticipant {
  readonly type: 'DeleteParticipant';
  readonly id: string;
  /** Because the customer is erased. */
  readonly erased?: boolean;
}

export type ParticipantCommand = UpsertParticipant | DeleteParticipant;

const NOBODY: Participant = { phase: 'none', life: 0, campaignId: '', customerId: '', objectId: '', values: {} };
const UNCHANGED: ValueChanges = { changed: [], values: {}, previous: {} };

/** The last event of a participant's stream holds all of its values. */
export const participant: Decider<ParticipantCommand, Participant, ParticipantEvent> = {
  initialState: NOBODY,
  decide: (command, state) => {
    if (command.type === 'DeleteParticipant') return deleted(command, state);
    if (command.life !== undefined && !isAlive(state, command.life)) throw participantGone();
    return state.phase === 'present' ? update(command, state) : create(command, state);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ParticipantCreated':
      case 'ParticipantUpdated':
        return { phase: 'present', values: event.personal?.values ?? {}, ...lifeOf(event.data.participant) };
      case 'ParticipantDeleted': {
        const erased = event.data.erased === true ? { erased: true } : {};
        return {
          ...lifeOf({ ...event.data.participant, timeZone: undefined }),
          ...erased,
          phase: 'deleted',
          values: {},
        };
      }
      default:
        return state;
    }
  },
};

type Described = Omit<contract.Participant, 'timeZone'> & { readonly timeZone?: string | undefined };

function lifeOf({ life, campaignId, customerId, objectId, timeZone }: Described) {
  const identity = { life, campaignId, customerId, objectId };
  return timeZone === undefined ? identity : { timeZone, ...identity };
}

function isAlive({ phase, life }: Participant, wanted: number): boolean {
  return phase === 'present' && life === wanted;
}

/** An erasure is told of a participant that was deleted before, too. */
function deleted({ id, erased = false }: DeleteParticipant, state: Participant): readonly ParticipantEvent[] {
  if (state.phase === 'none' || (state.phase === 'deleted' && (!erased || state.erased === true))) return [];
  const { campaignId, customerId, objectId, life } = state;
  const about = { id, campaignId, customerId, objectId, life };
  return [{ type: 'ParticipantDeleted', data: erased ? { participant: about, erased } : { participant: about } }];
}

/** The refusal of whoever wants to change a participant that was deleted, or is another life by now. */
export function participantGone(): DomainError {
  return new DomainError('participant_gone', 'The participant was deleted from the campaign', 'conflict');
}

function create(command: UpsertParticipant, state: Participant): readonly ParticipantEvent[] {
  const { identity, given, profile, customerFields, types, source } = command;
  const start: Record<string, JsonObject[string]> = {};
  for (const name of customerFields) {
    const value = storedValue(profile, name);
    if (value !== undefined) start[name] = value;
  }
  const { values } = changesOf(start, given, types) ?? { values: start };
  refuseTooLarge(values);
  const timeZone = command.timeZone ?? undefined;
  const changed = Object.keys(values);
  if (timeZone !== undefined) changed.push(TIME_ZONE);
  const after = described(identity, state.life + 1, timeZone);
  return [
    { type: 'ParticipantCreated', data: { participant: after, changed, source }, personal: { values, previous: {} } },
  ];
}

function update(command: UpsertParticipant, state: Participant): readonly ParticipantEvent[] {
  const changes = changesOf(state.values, command.given, command.types);
  const timeZone = command.timeZone === undefined ? state.timeZone : (command.timeZone ?? undefined);
  const isMoved = timeZone !== state.timeZone;
  if (changes === undefined && !isMoved) return [];
  const { changed, values, previous } = changes ?? { ...UNCHANGED, values: state.values };
  refuseTooLarge(values);
  const data = {
    participant: described({ ...command.identity, objectId: state.objectId }, state.life, timeZone),
    changed: isMoved ? [...changed, TIME_ZONE] : changed,
    source: command.source,
  };
  return [{ type: 'ParticipantUpdated', data, personal: { values, previous } }];
}

function described(identity: ParticipantIdentity, life: number, timeZone: string | undefined): contract.Participant {
  return timeZone === undefined ? { life, ...identity } : { timeZone, life, ...identity };
}

function refuseTooLarge(values: JsonObject): void {
  if (areTooLarge(values))
    throw new DomainError(
      'participant_too_large',
      'All values of one participant together are larger than 256 KiB',
      'tooLarge',
    );
}
