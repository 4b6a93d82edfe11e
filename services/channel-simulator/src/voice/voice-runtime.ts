import { randomUUID } from 'node:crypto';
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

export const CALL_STATUSES = [
  'queued',
  'ringing',
  'answered',
  'busy',
  'no_answer',
  'rejected',
  'machine',
  'failed',
  'ended',
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** What the runtime tells of a call. */
export interface CallEvent {
  readonly event_id: string;
  readonly call_id: string;
  readonly direction: 'outbound' | 'inbound';
  readonly reference: string | null;
  /** The person: who is called, or who calls. */
  readonly number: string;
  readonly status: CallStatus;
  /** Why it failed, in the provider's word. */
  readonly reason?: string;
  readonly answered?: boolean;
  readonly results?: Readonly<Record<string, unknown>>;
  readonly transcript?: readonly { readonly role: 'agent' | 'person'; readonly text: string }[];
}

export interface CallbackTarget {
  readonly url: string;
  readonly secret: string;
}

interface KnownCall {
  readonly event: CallEvent;
  status: CallStatus;
}

/** A runtime of voice agents: it places calls, and tells by signed callbacks what becomes of them. */
export class VoiceRuntime {
  readonly channel: SimulatedChannel<CallEvent>;
  target: CallbackTarget | null = null;
  readonly #post: WebhookPost;
  #calls = new Map<string, KnownCall>();
  #byReference = new Map<string, string[]>();

  constructor(post: WebhookPost, settings: SimulatedChannelSettings) {
    this.#post = post;
    const nature: ChannelNature<CallEvent> = {
      name: 'voice',
      isCalls: true,
      happeningsOf,
      subjectOf: ({ number, reference }) => ({ address: number, communicationId: reference }),
      hasReceiver: () => this.target !== null,
      deliver: (event, isLie) => this.#deliver(event, isLie),
    };
    this.channel = new SimulatedChannel(nature, settings);
  }

  placeCall(body: unknown): HttpAnswer {
    const { to, reference } = (body ?? {}) as Readonly<Record<string, unknown>>;
    const wrong = whatIsWrong((body ?? {}) as Readonly<Record<string, unknown>>);
    if (typeof to !== 'string' || wrong !== undefined) return refused(422, wrong ?? 'invalid_number');
    const callId = randomUUID();
    const communicationId = typeof reference === 'string' ? reference : null;
    const taking = { messageId: callId, communicationId, address: to, content: body as Record<string, unknown> };
    const words = {
      accepted: () => ({ httpStatus: 201, body: { call_id: callId, status: 'queued', reference: communicationId } }),
      refused: ({ httpStatus = 503 }: FaultRule) => ({ httpStatus, body: { error: 'unavailable' } }),
    };
    const before = this.channel.ledger.length;
    const answer = receive(this.channel, taking, words, () => this.#whyNot(to));
    if (this.channel.ledger.length > before) this.#remember(callId, communicationId, to);
    return answer;
  }

  /** A call as it stands; undefined for one that was never placed. */
  callOf(callId: string): object | undefined {
    const known = this.#calls.get(callId);
    return known === undefined ? undefined : { ...known.event, status: known.status };
  }

  callsWith(reference: string): readonly object[] {
    return (this.#byReference.get(reference) ?? []).flatMap((id) => this.callOf(id) ?? []);
  }

  /** Tells something about a call, in whatever order one likes. */
  report(callId: string, event: Pick<CallEvent, 'status'> & Partial<CallEvent>): boolean {
    const known = this.#calls.get(callId);
    if (known === undefined) return false;
    this.channel.tell({ ...known.event, event_id: randomUUID(), ...event });
    return true;
  }

  /** A person calls, talks, and hangs up. Returns the call's id. */
  letCall(number: string, text: string): string {
    const base = { call_id: randomUUID(), direction: 'inbound', reference: null, number } as const;
    this.channel.tell({ ...base, event_id: randomUUID(), status: 'answered' });
    const transcript = [{ role: 'person', text }] as const;
    this.channel.tell({ ...base, event_id: randomUUID(), status: 'ended', answered: true, transcript, results: {} });
    return base.call_id;
  }

  reset(): void {
    this.channel.reset();
    this.#calls = new Map();
    this.#byReference = new Map();
  }

  #remember(callId: string, reference: string | null, number: string): void {
    const event: CallEvent = {
      event_id: '',
      call_id: callId,
      direction: 'outbound',
      reference,
      number,
      status: 'queued',
    };
    this.#calls.set(callId, { event, status: 'queued' });
    if (reference !== null) this.#byReference.set(reference, [...(this.#byReference.get(reference) ?? []), callId]);
  }

  #whyNot(number: string): HttpAnswer | undefined {
    if (this.channel.mode === 'manual') return undefined;
    const { kind } = this.channel.personAt(number);
    if (kind === 'invalidRefused') return refused(422, 'invalid_number');
    if (kind === 'providerErrorOnce' && this.channel.errsFor(number))
      return { ...refused(503, 'no_capacity'), retryAfterSeconds: 1 };
    return undefined;
  }

  async #deliver(event: CallEvent, isLie: boolean): Promise<boolean> {
    const { target } = this;
    if (target === null) return false;
    const known = this.#calls.get(event.call_id);
    if (known !== undefined && CALL_STATUSES.indexOf(event.status) > CALL_STATUSES.indexOf(known.status)) {
      this.#calls.set(event.call_id, { event: { ...known.event, ...event }, status: event.status });
    }
    const told = isLie ? { ...event, event_id: randomUUID(), status: 'failed', reason: 'forged' } : event;
    const body = JSON.stringify(told);
    const signature = timedSignature(body, isLie ? `not ${target.secret}` : target.secret, Date.now());
    const outcome = await this.#post.post(target.url, body, { 'x-signature': signature });
    return 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  }
}

function whatIsWrong({ to, agent, sip }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof to !== 'string' || !/^\d{5,15}$/.test(to)) return 'invalid_number';
  if (typeof agent !== 'string' || agent === '') return 'unknown_agent';
  const server = (sip as { readonly server?: unknown } | undefined)?.server;
  return typeof server !== 'string' || server === '' ? 'missing_sip_server' : undefined;
}

function refused(httpStatus: number, error: string) {
  return { does: 'answer', httpStatus, body: JSON.stringify({ error }) } as const;
}

/** How a person takes a call: some answer and talk, some are busy, some have a machine. */
function happeningsOf(message: TakenMessage, person: Person): readonly Happening<CallEvent>[] {
  const base = {
    call_id: message.messageId,
    direction: 'outbound',
    reference: message.communicationId,
    number: message.address,
  } as const;
  const event = (afterMs: number, status: CallStatus, more: Partial<CallEvent> = {}): Happening<CallEvent> => ({
    afterMs,
    event: { ...base, event_id: randomUUID(), status, ...more },
  });
  const ringing = event(person.sentAfterMs, 'ringing');
  const answered = event(person.deliveredAfterMs, 'answered');
  switch (person.kind) {
    case 'invalidReported':
    case 'invalidRefused':
      return [event(person.sentAfterMs, 'failed', { reason: 'invalid_number' })];
    case 'ignores':
      return [ringing, event(person.deliveredAfterMs, 'no_answer')];
    case 'neverDelivered':
      return [event(person.sentAfterMs, 'busy')];
    case 'slow':
      return [ringing, event(person.deliveredAfterMs, 'machine')];
    case 'reads':
    case 'providerErrorOnce':
      return [ringing, answered, event(person.readAfterMs, 'ended', { answered: true, results: {} })];
    case 'replies': {
      const transcript = [
        { role: 'agent', text: 'Hello' },
        { role: 'person', text: person.reply ?? '' },
      ] as const;
      const ended = event(person.replyAfterMs, 'ended', { answered: true, results: { paid: true }, transcript });
      return [ringing, answered, ended];
    }
  }
}
