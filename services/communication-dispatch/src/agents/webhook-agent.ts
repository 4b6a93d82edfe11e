import type { JsonObject, JsonValue, workspace } from '@poinciana/contracts';
import { openSecret, type Secret } from '@poinciana/service-kit';
import type { ProviderAnswer } from '../channels/http/call-once.js';
import { member, parsed, textMember } from '../channels/http/json.js';
import { ProviderConnections, type ConnectionLimits } from '../channels/http/provider-connections.js';
import { MESSAGE_CHARACTERS_MAX, storedText } from '../channels/channel-notice.js';
import { isTimedSignature, timedSignature } from '../channels/secret-digest.js';
import type { AgentTurn } from './agent-runtime.js';

/** The name of the runtime, as agents have it. */
export const WEBHOOK_RUNTIME = 'webhook';
const RESULTS_MAX = 100;

/** A message of a person, as the agent's own system gets it. Repeated with the same id until it is answered. */
export interface AgentEvent {
  readonly type: 'message';
  readonly id: string;
  readonly sessionId: string;
  readonly agentId: string;
  readonly channelType: string;
  readonly direction: string;
  readonly communicationId?: string;
  readonly text: string;
  readonly transcript: readonly { readonly from: 'agent' | 'person'; readonly text: string }[];
  readonly customerContext: JsonObject;
  readonly results: readonly { readonly name: string; readonly type: string }[];
}

/**
 * What came of asking.
 *
 * - `turn`: what the agent does; nothing at all is a turn too, and what it says later comes to our door.
 * - `refused`: the agent will never take this.
 * - `away`: it may be asked again.
 */
export type Asked =
  | { readonly outcome: 'turn'; readonly turn: AgentTurn }
  | { readonly outcome: 'refused' | 'away'; readonly providerCode: string };

/** An agent of one's own, behind a signed call. docs/reference/webhook-agent.md has the contract. */
export class WebhookAgent {
  readonly askTimeoutMs: number;
  private readonly connections: ProviderConnections;

  constructor(
    limits: ConnectionLimits,
    private readonly secretsKey: Secret,
    /** By the machine's clock, in milliseconds since 1970: a signature carries its instant. */
    private readonly nowMs: () => number,
  ) {
    this.connections = new ProviderConnections(limits);
    this.askTimeoutMs = this.connections.callTimeoutMs;
  }

  /** Never throws for what the agent or the network does. */
  async ask(agent: workspace.Agent, event: AgentEvent): Promise<Asked> {
    const key = this.keyOf(agent);
    const address = URL.canParse(agent.url ?? '') ? new URL(agent.url ?? '') : undefined;
    if (key === undefined || address === undefined) return { outcome: 'refused', providerCode: 'agent_incomplete' };
    const body = JSON.stringify(event);
    const sent = await this.connections.call(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': event.id,
        'x-signature': timedSignature(body, key, this.nowMs()),
      },
      body,
    });
    return 'answer' in sent ? askedOf(sent.answer) : { outcome: 'away', providerCode: sent.code };
  }

  /** Whether the agent itself sent these bytes, just now. */
  isAuthentic(agent: workspace.Agent, header: string | string[] | undefined, body: Buffer): boolean {
    return isTimedSignature(body, header, this.keyOf(agent), this.nowMs());
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  private keyOf({ encryptedSigningKey }: workspace.Agent): string | undefined {
    if (encryptedSigningKey === undefined) return undefined;
    try {
      return openSecret(this.secretsKey, encryptedSigningKey);
    } catch {
      // Sealed with a key of earlier days: as good as none.
      return undefined;
    }
  }
}

function askedOf({ status, body }: ProviderAnswer): Asked {
  if (status >= 200 && status < 300) return { outcome: 'turn', turn: turnOf(parsed(body)) };
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return { outcome: isFinal ? 'refused' : 'away', providerCode: `http_${status}` };
}

/** What an agent says it does; whatever is in no known form is left out. */
export function turnOf(said: unknown): AgentTurn {
  const answer = storedText(textMember(said, 'answer') ?? '').slice(0, MESSAGE_CHARACTERS_MAX);
  const results = member(said, 'results');
  const given =
    typeof results === 'object' && results !== null && !Array.isArray(results) ? Object.entries(results) : [];
  return {
    results: Object.fromEntries(given.slice(0, RESULTS_MAX)) as Record<string, JsonValue>,
    close: member(said, 'close') === true,
    ...(answer === '' ? {} : { answer }),
  };
}
