import { setTimeout as delay } from 'node:timers/promises';

/** The header by which a command is known however often it is sent. */
const IDEMPOTENCY_HEADER = 'idempotency-key';
/** Stands in every event of the command, so that the log says which command caused what. */
const CORRELATION_HEADER = 'x-correlation-id';
const POSITION_HEADER = 'poinciana-position';

const ATTEMPTS_MAX = 600;
const PAUSE_MS = 50;
/** An answer that takes longer counts as a broken connection. */
const ANSWER_MS = 20_000;

/** Where the process listens now: another port after every start. */
export interface Address {
  url: string;
}

/** What a client asks for. */
export interface CommandRequest {
  /** A UUID: key of the command and root of the chain of causes. */
  readonly id: string;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/config/campaigns`. */
  readonly path: string;
  readonly body?: object;
}

/** What a client knows of a command in the end. */
export type CommandOutcome =
  | { readonly outcome: 'acknowledged'; readonly campaignId: string | undefined; readonly position: number }
  | { readonly outcome: 'refused'; readonly status: number; readonly code: string }
  /** The connection broke and nobody asked again. */
  | { readonly outcome: 'unknown' };

export interface CampaignLine {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A client of the campaigns API that lives through kills. */
export class CampaignClient {
  /** Answers that no client should ever get. */
  readonly faults: string[] = [];
  /** How often a command was sent again after its connection broke. */
  retries = 0;

  constructor(
    private readonly address: Address,
    private readonly authorization: string,
  ) {}

  /**
   * Sends a command, and again as it was when the connection breaks or the service is away. One who is not patient gives up
   * at the first broken connection, and then does not know.
   */
  async command(request: CommandRequest, isPatient: boolean): Promise<CommandOutcome> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const answer = await this.send(`/api/config/campaigns${request.path}`, request);
      const outcome = answer === undefined ? undefined : this.outcomeOf(answer);
      if (outcome !== undefined) return outcome;
      if (!isPatient) return { outcome: 'unknown' };
      this.retries += 1;
      await delay(PAUSE_MS);
    }
    throw new Error(`${request.method} was never answered`);
  }

  /** The campaigns whose name holds `text`, once the view has come to `position`. */
  async campaignsNamed(text: string, position: number): Promise<readonly CampaignLine[]> {
    const path = `/api/views/campaigns?waitFor=0:${position}&q=${encodeURIComponent(text)}&limit=200`;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const answer = await this.send(path);
      if (answer?.status === 200 && answer.position >= position) {
        return (answer.body as { items: readonly CampaignLine[] }).items;
      }
      if (answer !== undefined && answer.status !== 200) this.noteFault(answer);
      await delay(PAUSE_MS);
    }
    throw new Error(`The view of campaigns never came to the position ${position}`);
  }

  /** Undefined for a command that has to be sent again. */
  private outcomeOf(answer: Answer): CommandOutcome | undefined {
    const { status, body, position } = answer;
    const { id, code } = body as { id?: string; code?: string };
    if (status >= 200 && status < 300) return { outcome: 'acknowledged', campaignId: id, position };
    if (status >= 400 && status < 500 && code !== undefined) return { outcome: 'refused', status, code };
    this.noteFault(answer);
    return undefined;
  }

  /** 503 says that the service is away, which is right while its database is. */
  private noteFault({ status, body }: Answer): void {
    if (status !== 503) this.faults.push(`${status} ${JSON.stringify(body)}`);
  }

  /** Undefined when the connection breaks or nobody listens. */
  private async send(path: string, request?: CommandRequest): Promise<Answer | undefined> {
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      return await answerOf(await fetch(this.address.url + path, { ...this.fetchOptions(request), signal }));
    } catch (error) {
      if (isBroken(error)) return undefined;
      throw error;
    }
  }

  private fetchOptions(request: CommandRequest | undefined): RequestInit {
    const { authorization } = this;
    if (request === undefined) return { headers: { authorization } };
    const { method, id, body } = request;
    const headers = { authorization, [IDEMPOTENCY_HEADER]: id, [CORRELATION_HEADER]: id, 'if-match': '*' };
    if (body === undefined) return { method, headers };
    return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly position: number;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const [, number] = (response.headers.get(POSITION_HEADER) ?? '').split(':');
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), position: Number(number) };
}

/** What fetch throws when the other side is gone; Jest gives errors of another realm, which `instanceof` does not know. */
function isBroken(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  return name === 'TimeoutError' || (name === 'TypeError' && /fetch failed|terminated/.test(String(error)));
}
