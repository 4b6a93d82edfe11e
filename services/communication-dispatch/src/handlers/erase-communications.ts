import type { flowRuns, participant } from '@poinciana/contracts';
import { type EventStore, readStream, type StoredEvent, streamIdOf, streamName } from '@poinciana/event-sourcing';
import { sessionIdOf } from '../domain/communication-decider.js';
import { retryIdOf } from './retry-failed.js';

/** How often a communication that failed can have been tried again, and each of those. */
const RETRIES_DEEP_MAX = 100;
/** Streams redacted in one call. */
const REDACT_STREAMS_MAX = 1_000;

/**
 * Takes what is personal out of every communication and session that participants of an erased customer ever had: their runs
 * name them, also those that ended long ago. Done again, it changes nothing.
 */
export class EraseCommunications {
  constructor(private readonly store: EventStore) {}

  async of(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events.filter(isErasure)) {
      const runs = await readStream(this.store, streamName('flow-runs', streamIdOf(event.stream)));
      await this.redact(await withRetries(this.store, runs.flatMap(communicationIdsOf)));
    }
  }

  /** Sessions of communications that ended with an erasure: whoever writes sessions may have been behind. */
  async sessionsOf(events: readonly StoredEvent[]): Promise<void> {
    // Asked in this order: what an event holds is parsed when somebody looks at it.
    const ended = events.filter((event) => event.type === 'CommunicationEnded' && event.personal === undefined);
    const streams = ended.map(({ stream }) => streamName('session', sessionIdOf(streamIdOf(stream))));
    for (let from = 0; from < streams.length; from += REDACT_STREAMS_MAX)
      await this.store.redact(streams.slice(from, from + REDACT_STREAMS_MAX));
  }

  private async redact(communicationIds: readonly string[]): Promise<void> {
    const streams = communicationIds.flatMap((id) => [
      streamName('communication', id),
      streamName('session', sessionIdOf(id)),
    ]);
    for (let from = 0; from < streams.length; from += REDACT_STREAMS_MAX)
      await this.store.redact(streams.slice(from, from + REDACT_STREAMS_MAX));
  }
}

export function isErasure(event: StoredEvent): boolean {
  return event.type === 'ParticipantDeleted' && (event.data as participant.ParticipantDeleted).erased === true;
}

/** Communications, and those that tried them again, each behind the one it tried. */
export async function withRetries(store: EventStore, ids: readonly string[]): Promise<readonly string[]> {
  const all = [...ids];
  let tried = ids;
  for (let depth = 0; depth < RETRIES_DEEP_MAX && tried.length > 0; depth += 1) {
    const retries = tried.map(retryIdOf);
    const lasts = await store.readLast(retries.map((id) => streamName('communication', id)));
    tried = retries.filter((_, index) => lasts[index] !== undefined);
    all.push(...tried);
  }
  return all;
}

export function communicationIdsOf({ data }: StoredEvent): readonly string[] {
  const { plans, completed } = data as Partial<flowRuns.FlowRunCompleted & flowRuns.FlowRunFailed>;
  return (completed?.plans ?? plans ?? []).map(({ communicationId }) => communicationId);
}
