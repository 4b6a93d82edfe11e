import { NOTIFICATIONS_WAITING_MAX, WEBHOOK_RETRY_FOR_MS, WEBHOOK_TEXT_CHARACTERS_MAX } from '../bounds.js';
import { renderEnvelope, type EnvelopeAccount } from './envelope.js';
import { Fifo } from './fifo.js';
import type { Notification } from './notification.js';
import { metaHeaders, signatureOf } from './signature.js';
import type { PostOutcome, WebhookPost } from './webhook-post.js';

/** Where webhooks go. */
export interface WebhookTarget {
  readonly url: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

export interface DeliverySettings {
  /** Posts under way at once. */
  readonly concurrency: number;
  /** Statuses and messages in one post. */
  readonly batchMax: number;
  /** Pause after the first failure; doubled with each further one up to `retryMaxMs`. */
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
}

/** What became of the webhooks so far. `waiting` is what the receiver has still to be told. */
export interface DeliveryTally {
  readonly waiting: number;
  readonly delivered: number;
  /** Posts that were made, and those of them that failed and were repeated. */
  readonly posts: number;
  readonly postsFailed: number;
  /** Told to nobody for 7 days, then given up. */
  readonly abandoned: number;
  /** Why the last post failed; null after a success. */
  readonly lastFailure: string | null;
}

interface Batch {
  readonly notifications: readonly Notification[];
  failures: number;
}

type Counts = { -readonly [Name in keyof DeliveryTally]: DeliveryTally[Name] };

const nothingYet = (): Counts => ({
  waiting: 0,
  delivered: 0,
  posts: 0,
  postsFailed: 0,
  abandoned: 0,
  lastFailure: null,
});

/**
 * Tells the receiver everything, however often it takes. A receiver that cannot be reached holds all back and is probed by one post
 * at a time; an answer other than 2xx delays only the batch it was given for.
 */
export class WebhookDelivery {
  readonly #post: WebhookPost;
  readonly #settings: DeliverySettings;
  readonly #account: EnvelopeAccount;
  readonly #queue = new Fifo<Notification>();
  readonly #returned = new Fifo<Batch>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #target: WebhookTarget | null = null;
  #tally: Counts = nothingYet();
  #inFlight = 0;
  #failuresToReach = 0;
  #isHeldBack = false;
  #epoch = 0;

  constructor(post: WebhookPost, settings: DeliverySettings, account: EnvelopeAccount) {
    this.#post = post;
    this.#settings = settings;
    this.#account = account;
  }

  get target(): WebhookTarget | null {
    return this.#target;
  }

  get tally(): DeliveryTally {
    return { ...this.#tally };
  }

  get hasRoom(): boolean {
    return this.#tally.waiting < NOTIFICATIONS_WAITING_MAX;
  }

  /** From now on this receiver is told, at once, also what waited for another one. */
  setTarget(target: WebhookTarget | null): void {
    this.#target = target;
    this.#failuresToReach = 0;
    this.#isHeldBack = false;
    this.pump();
  }

  add(notification: Notification): void {
    this.#queue.push(notification);
    this.#tally.waiting += 1;
  }

  /** Starts as many posts as there is work and room for; called after notifications were added. */
  pump(): void {
    const allowed = this.#failuresToReach > 0 ? 1 : this.#settings.concurrency;
    while (this.#target && !this.#isHeldBack && this.#inFlight < allowed) {
      const batch = this.#returned.shift() ?? this.#nextBatch();
      if (!batch) return;
      this.#inFlight += 1;
      void this.#deliver(batch, this.#target, this.#epoch);
    }
  }

  /** Forgets all that waits; what is under way is not counted any more. */
  clear(): void {
    this.#epoch += 1;
    this.#queue.clear();
    this.#returned.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#tally = nothingYet();
    this.#inFlight = 0;
    this.#failuresToReach = 0;
    this.#isHeldBack = false;
  }

  #nextBatch(): Batch | undefined {
    const notifications: Notification[] = [];
    let characters = 0;
    for (
      let next = this.#queue.peek();
      next && notifications.length < this.#settings.batchMax;
      next = this.#queue.peek()
    ) {
      characters += next.about === 'message' ? next.text.length : 0;
      if (notifications.length > 0 && characters > WEBHOOK_TEXT_CHARACTERS_MAX) break;
      notifications.push(next);
      this.#queue.shift();
    }
    return notifications.length > 0 ? { notifications, failures: 0 } : undefined;
  }

  async #deliver(batch: Batch, target: WebhookTarget, epoch: number): Promise<void> {
    const body = renderEnvelope(batch.notifications, this.#account);
    const outcome = await this.#post.post(target.url, body, metaHeaders(signatureOf(body, target.appSecret)));
    if (epoch !== this.#epoch) return;
    this.#inFlight -= 1;
    this.#settle(batch, target, outcome);
    this.pump();
  }

  #settle(batch: Batch, target: WebhookTarget, outcome: PostOutcome): void {
    const tally = this.#tally;
    const size = batch.notifications.length;
    tally.posts += 1;
    if ('status' in outcome && outcome.status >= 200 && outcome.status < 300) {
      this.#failuresToReach = 0;
      tally.waiting -= size;
      tally.delivered += size;
      tally.lastFailure = null;
      return;
    }
    tally.postsFailed += 1;
    tally.lastFailure = 'status' in outcome ? `HTTP ${outcome.status}` : outcome.unreachable;
    batch.failures += 1;
    if (Date.now() - (batch.notifications[0]?.atMs ?? 0) > WEBHOOK_RETRY_FOR_MS) {
      tally.waiting -= size;
      tally.abandoned += size;
      return;
    }
    this.#repeat(batch, target, outcome);
  }

  #repeat(batch: Batch, target: WebhookTarget, outcome: PostOutcome): void {
    if ('status' in outcome) {
      this.#failuresToReach = 0;
      this.#later(this.#pauseAfter(batch.failures), () => this.#returned.push(batch));
      return;
    }
    this.#returned.push(batch);
    // A failure of the receiver before the present one says nothing about it; so does one that others have noticed already.
    if (target === this.#target && !this.#isHeldBack) this.#holdBack();
  }

  #holdBack(): void {
    this.#failuresToReach += 1;
    this.#isHeldBack = true;
    this.#later(this.#pauseAfter(this.#failuresToReach), () => {
      this.#isHeldBack = false;
    });
  }

  #pauseAfter(failures: number): number {
    return Math.min(this.#settings.retryMaxMs, this.#settings.retryFirstMs * 2 ** Math.min(failures - 1, 30));
  }

  #later(pauseMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
      this.pump();
    }, pauseMs);
    this.#timers.add(timer);
  }
}
