import { START, TransientError, type EventStore, type Position, type StoredEvent } from '@poinciana/event-sourcing';
import type { CheckpointStore } from '../checkpoint-store.js';
import { DEAD_LETTERS_PAGE_MAX, reasonOf, type ListedDeadLetter, type ReplayResult } from '../dead-letter.js';
import { CheckpointStoreError, StaleMemberError } from '../errors.js';
import type { ConsumerGroup, DeadLetters, StateWrite } from '../event-bus.js';
import { MemberCutError } from './batch-steps.js';

/** Dead letters of one key that are handled as one batch when the key is replayed. */
const REPLAY_EVENTS_MAX = 500;

/** Lists and repairs what a group could not handle. It needs no partition: replays and members meet in the database. */
export class GroupDeadLetters<Transaction> implements DeadLetters {
  constructor(
    private readonly group: ConsumerGroup<Transaction>,
    private readonly checkpoints: CheckpointStore<Transaction>,
    private readonly store: EventStore,
  ) {}

  async list(
    after: Position = START,
    limit = DEAD_LETTERS_PAGE_MAX,
    key?: string,
  ): Promise<readonly ListedDeadLetter[]> {
    return this.checkpoints.deadLetters(this.group.name, after, Math.min(limit, DEAD_LETTERS_PAGE_MAX), key);
  }

  async count() {
    return this.checkpoints.countDeadLetters(this.group.name);
  }

  /** Goes on until nothing of the key is parked any more, what members park meanwhile included, or an event fails. */
  async replay(key: string): Promise<ReplayResult> {
    let handled = 0;
    for (;;) {
      const letters = await this.list(START, REPLAY_EVENTS_MAX, key);
      if (letters.length === 0) return { key, handled, remaining: 0 };
      const events = await this.eventsOf(letters);
      const wentWell = await this.replayInOrder(letters, events);
      handled += wentWell;
      if (wentWell < letters.length) return { key, handled, remaining: await this.remaining(key) };
    }
  }

  /** Answers how many of them went well: all, or those before the first that failed. */
  private async replayInOrder(letters: readonly ListedDeadLetter[], events: readonly StoredEvent[]): Promise<number> {
    if (letters.length > 1) {
      try {
        await this.handle(letters, events);
        return letters.length;
      } catch (error) {
        if (!isFaultOfEvent(error)) throw error;
      }
    }
    for (const [index, letter] of letters.entries()) {
      try {
        await this.handle([letter], events.slice(index, index + 1));
      } catch (error) {
        if (!isFaultOfEvent(error)) throw error;
        await this.commit(letter, [], {
          position: letter.position,
          reason: reasonOf(error, letter.reason.attempts + 1),
        });
        return index;
      }
    }
    return letters.length;
  }

  private async handle(letters: readonly ListedDeadLetter[], events: readonly StoredEvent[]): Promise<void> {
    const [first] = letters;
    if (first === undefined) return;
    const state = await this.group.handle({ group: this.group.name, events });
    const handled = letters.map((letter) => letter.position);
    await this.commit(first, handled, undefined, state);
  }

  private async commit(
    letter: ListedDeadLetter,
    handled: readonly Position[],
    failed?: { position: Position; reason: ReturnType<typeof reasonOf> },
    state?: StateWrite<Transaction>,
  ): Promise<void> {
    const { partition, key } = letter;
    await this.checkpoints.commitReplay({ group: this.group.name, key, partition, handled, failed, state });
  }

  private async eventsOf(letters: readonly ListedDeadLetter[]): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (const letter of letters) {
      const [event] = await this.store.readTails([{ stream: letter.stream, afterRevision: letter.revision - 1 }], 1);
      if (event?.id !== letter.eventId)
        throw new Error(`The event ${letter.eventId} of a dead letter is not in the log`);
      events.push(event);
    }
    return events;
  }

  private async remaining(key: string): Promise<number> {
    return (await this.list(START, DEAD_LETTERS_PAGE_MAX, key)).length;
  }
}

function isFaultOfEvent(error: unknown): boolean {
  return ![TransientError, CheckpointStoreError, StaleMemberError, MemberCutError].some(
    (other) => error instanceof other,
  );
}
