import type { JsonObject, participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** What a batch means for the row of one participant: how it stands after it. */
export interface ParticipantChange {
  readonly id: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly objectId: string;
  /** A new life starts with nothing of the one before (A19). */
  readonly life: number;
  readonly timeZone?: string;
  /** Every value by field name; empty once the participant is deleted, and after an erasure. */
  readonly values: JsonObject;
  /** The uploads of this batch that made or changed it (A47). */
  readonly uploadIds: readonly string[];
  /** When this life began, if that happened in this batch. */
  readonly createdAt?: string;
  readonly updatedAt: string;
  readonly deleted: boolean;
  /** Of the last event of the participant's stream. */
  readonly revision: number;
}

/** The last state of every participant that a batch of participant events, in log order, speaks of. */
export function participantChanges(events: readonly StoredEvent[]): readonly ParticipantChange[] {
  const changes = new Map<string, ParticipantChange>();
  for (const event of events) {
    const { participant } = event.data as contract.ParticipantDeleted;
    const before = changes.get(participant.id);
    changes.set(participant.id, changeOf(event, participant, before?.life === participant.life ? before : undefined));
  }
  return [...changes.values()];
}

function changeOf(event: StoredEvent, participant: contract.Participant, before: ParticipantChange | undefined): ParticipantChange {
  const { timeZone, ...identity } = participant;
  const deleted = event.type === 'ParticipantDeleted';
  const createdAt = event.type === 'ParticipantCreated' ? event.time : before?.createdAt;
  return {
    ...identity,
    workspace: event.workspace,
    ...(timeZone === undefined ? {} : { timeZone }),
    values: deleted ? {} : valuesOf(event),
    uploadIds: deleted ? [] : withUpload(before?.uploadIds ?? [], event),
    ...(createdAt === undefined ? {} : { createdAt }),
    updatedAt: event.time,
    deleted,
    revision: event.revision,
  };
}

function valuesOf({ personal }: StoredEvent): JsonObject {
  return (personal as Partial<contract.ParticipantPersonal> | undefined)?.values ?? {};
}

function withUpload(uploadIds: readonly string[], { data }: StoredEvent): readonly string[] {
  const { source } = data as Partial<contract.ParticipantCreated>;
  const uploadId = source?.door === 'upload' ? source.uploadId : undefined;
  return uploadId === undefined || uploadIds.includes(uploadId) ? uploadIds : [...uploadIds, uploadId];
}
