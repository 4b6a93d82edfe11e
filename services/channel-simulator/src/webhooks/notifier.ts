import { FORGERIES_UNDER_WAY_MAX, NOTIFICATIONS_WAITING_MAX } from '../bounds.js';
import { WEBHOOK_FAULTS, type WebhookFault } from '../faults/fault-rule.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { TimerWheel } from '../people/timer-wheel.js';
import { renderEnvelope, type EnvelopeAccount } from './envelope.js';
import type { Notification } from './notification.js';
import { metaHeaders, signatureOf } from './signature.js';
import type { WebhookDelivery } from './webhook-delivery.js';
import type { WebhookPost } from './webhook-post.js';

const LATE_MS_DEFAULT = 1_000;

/** Lies told with a wrong signature, and how many of them the receiver took with 2xx: it should be none. */
export interface ForgeryTally {
  readonly posted: number;
  readonly accepted: number;
}

/** Between what happens and its delivery: here notifications are repeated, held back and forged, as the faults in force ask. */
export class Notifier {
  readonly #delivery: WebhookDelivery;
  readonly #post: WebhookPost;
  readonly #faults: FaultPlan;
  readonly #account: EnvelopeAccount;
  readonly #late: TimerWheel<Notification>;
  #forgeries: ForgeryTally = { posted: 0, accepted: 0 };
  #forgeriesUnderWay = 0;

  constructor(parts: { delivery: WebhookDelivery; post: WebhookPost; faults: FaultPlan; account: EnvelopeAccount }) {
    this.#delivery = parts.delivery;
    this.#post = parts.post;
    this.#faults = parts.faults;
    this.#account = parts.account;
    this.#late = new TimerWheel(Date.now());
  }

  get forgeries(): ForgeryTally {
    return this.#forgeries;
  }

  /** Notifications that a fault holds back. */
  get late(): number {
    return this.#late.size;
  }

  get hasRoom(): boolean {
    return this.#delivery.hasRoom && this.#late.size < NOTIFICATIONS_WAITING_MAX;
  }

  tell(notification: Notification): void {
    if (this.#faults.isEmpty) {
      this.#delivery.add(notification);
      return;
    }
    const draw = (kind: WebhookFault) =>
      this.#faults.draw([kind], {
        address: notification.waId,
        communicationId: notification.about === 'status' ? notification.communicationId : null,
      });
    const [duplicate, late, wrongSignature] = WEBHOOK_FAULTS.map(draw);
    const lateMs = late ? (late.delayMs ?? LATE_MS_DEFAULT) : 0;
    this.#tellAfter(lateMs, notification);
    for (let copy = 0; copy < (duplicate ? (duplicate.times ?? 1) : 0); copy++) {
      this.#tellAfter(lateMs + (duplicate?.delayMs ?? 0), notification);
    }
    if (wrongSignature) void this.#forge(notification);
  }

  /** Lets go what was held back long enough, and has all delivered that waits. */
  advance(nowMs: number): void {
    this.#late.advance(
      nowMs,
      () => this.#delivery.hasRoom,
      (notification) => this.#delivery.add(notification),
    );
    this.#delivery.pump();
  }

  clear(): void {
    this.#late.clear();
    this.#forgeries = { posted: 0, accepted: 0 };
  }

  #tellAfter(delayMs: number, notification: Notification): void {
    if (delayMs > 0) this.#late.schedule(Date.now() + delayMs, notification);
    else this.#delivery.add(notification);
  }

  async #forge(notification: Notification): Promise<void> {
    const target = this.#delivery.target;
    if (!target || this.#forgeriesUnderWay >= FORGERIES_UNDER_WAY_MAX) return;
    this.#forgeriesUnderWay += 1;
    const lie: Notification =
      notification.about === 'status'
        ? { ...notification, status: 'failed', error: { code: 131026, details: 'forged' } }
        : { ...notification, messageId: `${notification.messageId}forged`, text: 'forged' };
    const body = renderEnvelope([lie], this.#account);
    this.#forgeries = { ...this.#forgeries, posted: this.#forgeries.posted + 1 };
    const outcome = await this.#post.post(target.url, body, metaHeaders(signatureOf(body, `not ${target.appSecret}`)));
    this.#forgeriesUnderWay -= 1;
    if ('status' in outcome && outcome.status >= 200 && outcome.status < 300) {
      this.#forgeries = { ...this.#forgeries, accepted: this.#forgeries.accepted + 1 };
    }
  }
}
