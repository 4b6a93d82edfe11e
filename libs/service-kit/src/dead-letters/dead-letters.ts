import { DomainError, formatPosition, START, type Position } from '@poinciana/event-sourcing';
import {
  DEAD_LETTERS_PAGE_MAX,
  type ListedDeadLetter,
  type ReplayResult,
  type Subscription,
} from '@poinciana/messaging';
import type { Subscriptions } from '../boot/subscriptions.js';

/** Dead letters that one answer lists at most. */
export const DEAD_LETTERS_LISTED_MAX = 1_000;

/** An event that a consumer could not handle, or that waits behind such a one. */
export interface DeadLetterLine {
  readonly group: string;
  readonly position: string;
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  readonly key: string;
  /** The code of the refusal, the name of the error, or `key_parked`. */
  readonly code: string;
  readonly attempts: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface DeadLetterList {
  readonly items: readonly DeadLetterLine[];
  /** There are more than are listed. */
  readonly isCut: boolean;
}

/** The dead letters of one service's consumer groups. A message may quote what it met, so only codes are told. */
export class ServiceDeadLetters {
  constructor(
    private readonly service: string,
    private readonly subscriptions: Subscriptions,
  ) {}

  async list(workspace: string, group?: string): Promise<DeadLetterList> {
    const items: DeadLetterLine[] = [];
    for (const subscription of this.subscriptionsOf(group)) {
      let after: Position = START;
      for (;;) {
        const page = await subscription.deadLetters.list(after, DEAD_LETTERS_PAGE_MAX);
        items.push(
          ...page
            .filter((letter) => letter.workspace === workspace)
            .map((letter) => lineOf(subscription.group, letter)),
        );
        if (items.length > DEAD_LETTERS_LISTED_MAX)
          return { items: items.slice(0, DEAD_LETTERS_LISTED_MAX), isCut: true };
        const last = page.at(-1);
        if (last === undefined || page.length < DEAD_LETTERS_PAGE_MAX) break;
        after = last.position;
      }
    }
    return { items, isCut: false };
  }

  /** Handles the parked events of a key again, in order; the key runs again if all go well. */
  async replay(workspace: string, group: string, key: string): Promise<ReplayResult> {
    const [subscription] = this.subscriptionsOf(group);
    const [letter] = (await subscription?.deadLetters.list(START, 1, key)) ?? [];
    if (subscription === undefined || letter?.workspace !== workspace) throw noSuchLetter();
    return subscription.deadLetters.replay(key);
  }

  private subscriptionsOf(group?: string): readonly Subscription[] {
    const own = this.subscriptions.all().filter(([name]) => name.startsWith(`${this.service}.`));
    const found = group === undefined ? own : own.filter(([name]) => name === group);
    if (found.length === 0 && group !== undefined)
      throw new DomainError('consumer_group_not_found', 'This service has no consumer group of this name', 'notFound');
    return found.map(([, subscription]) => subscription);
  }
}

function lineOf(group: string, letter: ListedDeadLetter): DeadLetterLine {
  const { position, eventId, stream, type, key, reason, firstAt, lastAt } = letter;
  return {
    group,
    position: formatPosition(position),
    eventId,
    stream,
    type,
    key,
    code: reason.code,
    attempts: reason.attempts,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  };
}

function noSuchLetter(): DomainError {
  return new DomainError('dead_letter_not_found', 'There is no dead letter of this key in this group', 'notFound');
}
