import { Agent, request } from 'undici';
import { WEBHOOK_TIMEOUT_MS } from '../bounds.js';
import { networkCodeOf } from '../network-error.js';

/** What came of posting a webhook: the receiver's status, or no answer at all. */
export type PostOutcome = { readonly status: number } | { readonly unreachable: string };

/** A receiver that took the request and did not answer in time: as with Meta, that is no success and no outage. */
export const NO_ANSWER_IN_TIME = 0;

/** Posts over connections that stay open, `connections` at most for a receiver. */
export class WebhookPost {
  readonly #agent: Agent;

  constructor(connections: number) {
    this.#agent = new Agent({
      connections,
      pipelining: 1,
      connectTimeout: WEBHOOK_TIMEOUT_MS,
      headersTimeout: WEBHOOK_TIMEOUT_MS,
      bodyTimeout: WEBHOOK_TIMEOUT_MS,
    });
  }

  async post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostOutcome> {
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      await answer.body.dump();
      return { status: answer.statusCode };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return { status: NO_ANSWER_IN_TIME };
      return { unreachable: code };
    }
  }

  /** Meta's handshake: GET with a challenge that the receiver has to give back when the token is the right one. */
  async verify(
    url: string,
    verifyToken: string,
    challenge: string,
  ): Promise<{ status: number; body: string } | { unreachable: string }> {
    const address = new URL(url);
    address.searchParams.set('hub.mode', 'subscribe');
    address.searchParams.set('hub.verify_token', verifyToken);
    address.searchParams.set('hub.challenge', challenge);
    try {
      const answer = await request(address, { method: 'GET', dispatcher: this.#agent });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch (error) {
      return { unreachable: codeOf(error) };
    }
  }

  async stop(): Promise<void> {
    await this.#agent.destroy();
  }
}

function codeOf(error: unknown): string {
  const code = networkCodeOf(error);
  if (code === undefined) throw error; // not the network's: a bug, and it must be seen
  return code;
}
