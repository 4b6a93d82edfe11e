import type { flowRuns, participant } from '@poinciana/contracts';
import {
  derivedId,
  type EventStore,
  readStream,
  type StoredEvent,
  streamIdOf,
  streamName,
} from '@poinciana/event-sourcing';
import { sessionIdOf } from '../domain/communication-decider.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommandForCommunication, type CommunicationWriter } from './communication-writer.js';
import { retryIdOf } from './retry-failed.js';

/** How often a communication that failed can have been tried again, and each of those. */
const RETRIES_DEEP_MAX = 100;
/** Communications erased at a time, each with its session. */
const ERASED_MAX = 500;

export interface ErasureSources<Transaction> {
  readonly store: EventStore;
  readonly writer: CommunicationWriter;
  readonly timers: Timers<Transaction>;
}

/**
 * Takes what is personal out of every communication and session that participants of an erased customer ever had: their runs name them,
 * also those that ended long ago. Each gets an event first, behind which nothing personal is appended any more, then what stands before it
 * is taken. Done again, it changes nothing.
 */
export class EraseCommunications<Transaction> {
  constructor(private readonly sources: ErasureSources<Transaction>) {}

  async of(events: readonly StoredEvent[]): Promise<void> {
    const { store } = this.sources;
    for (const event of events.filter(isErasure)) {
      const runs = await readStream(store, streamName('flow-runs', streamIdOf(event.stream)));
      const ids = await withRetries(store, runs.flatMap(communicationIdsOf));
      for (let from = 0; from < ids.length; from += ERASED_MAX)
        await this.erase(ids.slice(from, from + ERASED_MAX), event);
    }
  }

  /** Sessions of communications that were erased: whoever writes sessions may have been behind, and they take nothing more by now. */
  async sessionsOf(events: readonly StoredEvent[]): Promise<void> {
    const streams = events.filter(isErased).map(({ stream }) => streamName('session', sessionIdOf(streamIdOf(stream))));
    for (let from = 0; from < streams.length; from += ERASED_MAX)
      await this.sources.store.redact(streams.slice(from, from + ERASED_MAX));
  }

  /**
   * Retries that an erasure did not find, because they were planned while it was handled by who had looked at the participant before. It
   * stands in the log before them, so whoever meets them finds it there.
   */
  async retriesMet(events: readonly StoredEvent[]): Promise<void> {
    const retries = events.filter(isRetryPlanned);
    if (retries.length === 0) return;
    const lasts = await this.sources.store.readLast(retries.map(({ key }) => streamName('participant', key)));
    for (const [index, { stream }] of retries.entries()) {
      const last = lasts[index];
      if (last !== undefined && isErasure(last)) await this.erase([streamIdOf(stream)], last);
    }
  }

  private async erase(communicationIds: readonly string[], erasure: StoredEvent): Promise<void> {
    const { store, writer, timers } = this.sources;
    const written = await writer.execute(communicationIds.map((id) => eraseCommand(erasure, id)));
    await timers.write(written.flatMap(timerChangesOf));
    await store.redact([
      ...communicationIds.map((id) => streamName('communication', id)),
      ...communicationIds.map((id) => streamName('session', sessionIdOf(id))),
    ]);
  }
}

/** What a user planned again: only users plan without a run. */
export function isRetryPlanned({ type, actor }: StoredEvent): boolean {
  return type === 'CommunicationPlanned' && actor.startsWith('user:');
}

/** Whether a communication holds nothing personal from this event on. */
export function isErased(event: StoredEvent): boolean {
  // Asked in this order: what an event holds is parsed when somebody looks at it.
  return event.type === 'CommunicationErased' || (event.type === 'CommunicationEnded' && event.personal === undefined);
}

/** Whose participant is gone holds nothing personal from the event on that says so. */
export function eraseCommand(cause: StoredEvent, communicationId: string): CommandForCommunication {
  return {
    communicationId,
    command: { type: 'EraseCommunication', at: cause.time },
    commandId: derivedId(cause.id, communicationId, 'erase'),
    causation: cause.id,
  };
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
