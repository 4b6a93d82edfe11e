import { setTimeout as pause } from 'node:timers/promises';
import {
  personOf,
  startChannelSimulator,
  type ChannelSimulator,
  type PersonKind,
  type SimulatorOptions,
  type SimulatorSummary,
} from '../src/index.js';

export const TOKEN = 'token of the test';
export const NUMBER = '100000000000001';
export const SEED = 7;
const LOOKS_MAX = 2_000;

export interface ErrorAnswer {
  error: {
    code: number;
    message: string;
    type: string;
    error_subcode?: number;
    error_data: { details: string };
    fbtrace_id: string;
  };
}

/** The answer to a request: its status and its JSON, or `undefined` when the body is empty. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A simulator that listens, and how tests speak with it: over HTTP only. */
export class SimulatorUnderTest {
  private constructor(readonly simulator: ChannelSimulator) {}

  static async start(options: SimulatorOptions = {}): Promise<SimulatorUnderTest> {
    const simulator = await startChannelSimulator({
      port: 0,
      seed: SEED,
      timeScale: 10_000,
      accessToken: TOKEN,
      messagesPerSecondMax: null,
      webhookRetryFirstMs: 5,
      webhookRetryMaxMs: 50,
      ...options,
    });
    return new SimulatorUnderTest(simulator);
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }

  async ask<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  }

  /** Sends as a business does; the message is a valid template unless said otherwise. */
  send<Body = { messages: { id: string; message_status: string }[]; contacts: { input: string; wa_id: string }[] }>(
    change: Record<string, unknown> = {},
    headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
  ): Promise<Answer<Body>> {
    return this.ask<Body>('POST', `/v23.0/${NUMBER}/messages`, { ...templateMessage(), ...change }, headers);
  }

  async summary(): Promise<SimulatorSummary> {
    return (await this.ask<SimulatorSummary>('GET', '/control/summary')).body;
  }

  /** Until all people have done what they do and the receiver knows. */
  async settled(): Promise<SimulatorSummary> {
    await until(async () => {
      const { awaited, webhooks } = await this.summary();
      return awaited === 0 && webhooks.waiting === 0;
    });
    return this.summary();
  }
}

export function templateMessage() {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: addressOf('reads'),
    type: 'template',
    template: {
      name: 'payment_reminder',
      language: { code: 'en' },
      components: [{ type: 'body', parameters: ['Ada', '12.50 EUR', '1 May'].map((text) => ({ type: 'text', text })) }],
    },
    biz_opaque_callback_data: 'communication-1',
  };
}

/** The n-th address behind which a person of this kind lives. */
export function addressOf(kind: PersonKind, nth = 0): string {
  let found = -1;
  for (let number = 491700000000; number < 491700100000; number++) {
    if (personOf(SEED, String(number)).kind === kind) found += 1;
    if (found === nth) return String(number);
  }
  throw new Error(`no person of the kind ${kind}`);
}

/** Waits for a condition; fails when it never comes true, whatever time it takes. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    if (await isTrue()) return;
    await pause(10);
  }
  throw new Error('the condition never came true');
}
