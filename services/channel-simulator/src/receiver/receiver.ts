import { createHmac, timingSafeEqual } from 'node:crypto';
import { receive } from '../channels/accepting.js';
import type { HttpAnswer } from '../channels/http-answer.js';
import type { TakenMessage } from '../channels/message-ledger.js';
import { timedSignature } from '../channels/signed-post.js';
import {
  SimulatedChannel,
  type ChannelNature,
  type Happening,
  type SimulatedChannelSettings,
} from '../channels/simulated-channel.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { Person } from '../people/person.js';
import type { WebhookPost } from '../webhooks/webhook-post.js';

const SIGNATURE = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/;
const OLDEST_MS = 300_000;

/** What the company's own system tells back. */
export type ReceiverEvent = {
  readonly address: string;
  readonly communicationId: string | null;
} & (
  | {
      readonly type: 'status';
      readonly id: string;
      readonly status: 'delivered' | 'read' | 'failed';
      readonly code?: string;
    }
  | { readonly type: 'message'; readonly id: string; readonly text: string }
);

export interface ReceiverTarget {
  readonly url: string;
  readonly secret: string;
}

/** A company's own system behind a webhook channel: it takes signed calls, and tells statuses and messages back. */
export class Receiver {
  readonly channel: SimulatedChannel<ReceiverEvent>;
  target: ReceiverTarget | null = null;
  readonly #post: WebhookPost;
  readonly #secret: string;
  refusedSignatures = 0;

  constructor(post: WebhookPost, secret: string, settings: SimulatedChannelSettings) {
    this.#post = post;
    this.#secret = secret;
    const nature: ChannelNature<ReceiverEvent> = {
      name: 'webhook',
      happeningsOf,
      subjectOf: ({ address, communicationId }) => ({ address, communicationId }),
      hasReceiver: () => this.target !== null,
      deliver: (event, isLie) => this.#deliver(event, isLie),
    };
    this.channel = new SimulatedChannel(nature, settings);
  }

  take(rawBody: string, signature: unknown): HttpAnswer {
    if (!this.#isSigned(rawBody, signature)) {
      this.refusedSignatures += 1;
      return refused(401, 'wrong_signature');
    }
    const body = JSON.parse(rawBody) as Readonly<Record<string, unknown>>;
    const { address, communicationId } = body;
    if (typeof address !== 'string' || typeof communicationId !== 'string') return refused(422, 'incomplete');
    const messageId = `own-${this.channel.ledger.length + 1}`;
    const words = {
      accepted: () => ({ httpStatus: 200, body: { id: messageId } }),
      refused: ({ httpStatus = 503 }: FaultRule) => ({ httpStatus, body: { error: 'unavailable' } }),
    };
    const taking = { messageId, communicationId, address, content: body };
    return receive(this.channel, taking, words, () => this.#whyNot(address));
  }

  #whyNot(address: string): HttpAnswer | undefined {
    if (this.channel.mode === 'manual') return undefined;
    const { kind } = this.channel.personAt(address);
    if (kind === 'invalidRefused') return refused(410, 'unknown_person');
    if (kind === 'providerErrorOnce' && this.channel.errsFor(address))
      return { ...refused(429, 'slow_down'), retryAfterSeconds: 1 };
    return undefined;
  }

  #isSigned(rawBody: string, signature: unknown): boolean {
    const [, instant = '', given = ''] = (typeof signature === 'string' && SIGNATURE.exec(signature)) || [];
    if (given === '' || Math.abs(Date.now() - Number(instant)) > OLDEST_MS) return false;
    const expected = createHmac('sha256', this.#secret).update(`${instant}.${rawBody}`).digest();
    return timingSafeEqual(Buffer.from(given, 'hex'), expected);
  }

  async #deliver(event: ReceiverEvent, isLie: boolean): Promise<boolean> {
    const { target } = this;
    if (target === null) return false;
    const body = JSON.stringify({ events: [event] });
    const signature = timedSignature(body, isLie ? `not ${target.secret}` : target.secret, Date.now());
    const outcome = await this.#post.post(target.url, body, { 'x-signature': signature });
    return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  }
}

function refused(httpStatus: number, error: string) {
  return { does: 'answer', httpStatus, body: JSON.stringify({ error }) } as const;
}

function happeningsOf(message: TakenMessage, person: Person): readonly Happening<ReceiverEvent>[] {
  const base = { address: message.address, communicationId: message.communicationId };
  const status = (afterMs: number, word: 'delivered' | 'read'): Happening<ReceiverEvent> => ({
    afterMs,
    event: { ...base, type: 'status', id: message.messageId, status: word },
  });
  const delivered = status(person.deliveredAfterMs, 'delivered');
  const read = status(person.readAfterMs, 'read');
  switch (person.kind) {
    case 'neverDelivered':
      return [];
    case 'invalidRefused':
    case 'invalidReported':
      return [
        {
          afterMs: person.sentAfterMs,
          event: { ...base, type: 'status', id: message.messageId, status: 'failed', code: 'gone' },
        },
      ];
    case 'ignores':
      return [delivered];
    case 'replies':
    case 'slow': {
      const text = person.reply ?? '';
      return [
        delivered,
        read,
        { afterMs: person.replyAfterMs, event: { ...base, type: 'message', id: `reply-${message.messageId}`, text } },
      ];
    }
    case 'reads':
    case 'providerErrorOnce':
      return [delivered, read];
  }
}
