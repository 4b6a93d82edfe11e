import type { JsonObject, participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { ErasedParticipant } from '../communications/communication-view.js';

/** What a batch means for the row of one participant: how it stands after it. */
export interface ParticipantChange {
  readonly id: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly objectId: string;
  /** A new life starts with nothing of the one before (A19). */
  readonly life: number;
  /** null: the workspace's zone holds. */
  readonly timeZone: string | null;
  /** Every value by field name; empty once the participant is deleted, and after an erasure. */
  readonly values: JsonObject;
  /** The uploads of this batch that made or changed it (A47). */
  readonly uploadIds: readonly string[];
  /** When this life began; null when that happened before this batch. */
  readonly createdAt: string | null;
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

/** The participants whose customer was erased. */
export function erasedParticipants(events: readonly StoredEvent[]): readonly ErasedParticipant[] {
  return events
    .filter(({ type }) => type === 'ParticipantDeleted')
    .flatMap(({ data, workspace }) => {
      const { participant, erased } = data as contract.ParticipantDeleted;
      return erased === true ? [{ id: participant.id, workspace, life: participant.life }] : [];
    });
}

/** Field by field: this is done for every row of an import, and spreading costs several times as much. */
function changeOf(
  event: StoredEvent,
  participant: contract.Participant,
  before: ParticipantChange | undefined,
): ParticipantChange {
  const deleted = event.type === 'ParticipantDeleted';
  return {
    id: participant.id,
    workspace: event.workspace,
    campaignId: participant.campaignId,
    customerId: participant.customerId,
    objectId: participant.objectId,
    life: participant.life,
    timeZone: participant.timeZone ?? null,
    values: deleted ? NOTHING : valuesOf(event),
    uploadIds: deleted ? NO_UPLOADS : withUpload(before?.uploadIds ?? NO_UPLOADS, event),
    createdAt: event.type === 'ParticipantCreated' ? event.time : (before?.createdAt ?? null),
    updatedAt: event.time,
    deleted,
    revision: event.revision,
  };
}

const NOTHING: JsonObject = {};
const NO_UPLOADS: readonly string[] = [];

function valuesOf({ personal }: StoredEvent): JsonObject {
  return (personal as Partial<contract.ParticipantPersonal> | undefined)?.values ?? NOTHING;
}

function withUpload(uploadIds: readonly string[], { data }: StoredEvent): readonly string[] {
  const { source } = data as Partial<contract.ParticipantCreated>;
  const uploadId = source?.door === 'upload' ? source.uploadId : undefined;
  return uploadId === undefined || uploadIds.includes(uploadId) ? uploadIds : [...uploadIds, uploadId];
}
