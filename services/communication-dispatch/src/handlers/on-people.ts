import type { participant as contract } from '@poinciana/contracts';
import { streamIdOf, type StoredEvent } from '@poinciana/event-sourcing';
import type { BatchHandler } from '@poinciana/messaging';
import type { Senders } from '../storage/senders.js';
import type { EraseSessions } from './erase-sessions.js';
import {
  reachKey,
  type People,
  type PersonChange,
  type PersonKey,
  type Reach,
  type ReachKey,
} from '../storage/people.js';

export const PEOPLE_GROUP = 'communication-dispatch.people';

/** The system fields that say how a person is reached. */
const FIELDS: Readonly<Record<string, Reach>> = {
  email: 'email',
  phone: 'phone',
  telegram_id: 'telegram',
  whatsapp_id: 'whatsapp',
  web_id: 'web',
};

/** By which a person who writes over a channel of a type is known (A17). */
const REACHES_OF: Readonly<Record<string, readonly Reach[]>> = {
  whatsapp: ['whatsapp', 'phone'],
  voice: ['phone'],
  telegram: ['telegram'],
  email: ['email'],
  webhook: ['web'],
};

export interface PeopleSources<Transaction> {
  readonly people: People<Transaction>;
  readonly senders: Senders;
  readonly erasure: EraseSessions<Transaction>;
}

/**
 * Remembers how every participant is reached, so that it is known whom an inbound session concerns, and what an erasure takes along.
 * The keys of whoever changes or goes are noted before anything else: those that she had, and those that came in the same batch.
 */
export function onPeople<Transaction>({
  people,
  senders,
  erasure,
}: PeopleSources<Transaction>): BatchHandler<Transaction> {
  return async ({ events }) => {
    const changes = events.flatMap(changeOf);
    const moving = new Set(changes.filter(isMove).map(({ participantId }) => participantId));
    const brought = changes.filter(({ participantId }) => moving.has(participantId)).flatMap(keysOf);
    await senders.noteKeys([...(await people.keysOf([...moving])), ...brought]);
    await erasure.of(events);
    return changes.length === 0 ? undefined : people.put(changes);
  };
}

/** Where the person behind an address of a channel is looked for. */
export function reachKeysOf(workspace: string, channelType: string, address: string): readonly ReachKey[] {
  return (REACHES_OF[channelType] ?? []).flatMap((reach) => reachKey(workspace, reach, address) ?? []);
}

/** A participant's first event finds her nowhere and takes nothing away. */
function isMove({ revision }: PersonChange): boolean {
  return revision > 0;
}

function keysOf({ participantId, person }: PersonChange): readonly PersonKey[] {
  return Object.values(person?.keys ?? {}).map((key) => ({ participantId, key }));
}

function changeOf(event: StoredEvent): readonly PersonChange[] {
  const { type, stream, revision, workspace } = event;
  const participantId = streamIdOf(stream);
  if (type === 'ParticipantDeleted') return [{ participantId, revision, person: undefined }];
  if (type !== 'ParticipantCreated' && type !== 'ParticipantUpdated') return [];
  const { participant, changed } = event.data as contract.ParticipantUpdated;
  if (type === 'ParticipantUpdated' && !changed.some((field) => Object.hasOwn(FIELDS, field))) return [];
  const { campaignId } = participant;
  const { values = {} } = (event.personal ?? {}) as Partial<contract.ParticipantPersonal>;
  const keys = Object.fromEntries(
    Object.entries(FIELDS).flatMap(([field, reach]) => {
      const value = values[field];
      const found = typeof value === 'string' ? reachKey(workspace, reach, value) : undefined;
      return found === undefined ? [] : [[reach, found.key]];
    }),
  );
  return [{ participantId, revision, person: { participantId, workspace, campaignId, revision, keys } }];
}
