import type { workspace } from '@poinciana/contracts';
import type { ChannelNotice } from './channel-notice.js';
import type { OutgoingContent } from './outgoing-content.js';

/** A channel with its secrets opened. Never logged, never stored. */
export interface OpenChannel {
  readonly channel: workspace.Channel;
  /** By name; what cannot be opened is missing. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** One message to one person. */
export interface OutgoingMessage {
  readonly address: string;
  /** Echoed by providers that can: our communication's id, or the message's where it belongs to none. */
  readonly echo: string;
  readonly idempotencyKey: string;
  readonly content: OutgoingContent;
}

/** Whom a refusal for now concerns: only this person, or everybody on the channel. */
export type DelayScope = 'person' | 'channel';

/**
 * What became of one call. Codes are those of the catalogue of reasons; `providerCode` is the provider's own word.
 *
 * - `accepted`: the provider has it.
 * - `delayed`: certainly not sent; the same may be tried again. `fewTries`: not for ever, the provider may be broken.
 * - `refused`: certainly not sent, and never will be.
 * - `unknown`: the request was, or may have been, written, and no answer says what became of it.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly providerMessageId: string; readonly providerAddress?: string }
  | {
      readonly outcome: 'delayed';
      readonly code: 'rate_limited' | 'provider_busy' | 'provider_unreachable' | 'channel_refused';
      readonly scope: DelayScope;
      readonly providerCode?: string;
      /** The least pause that the provider asks for. */
      readonly retryAfterMs?: number;
      readonly fewTries?: boolean;
    }
  | { readonly outcome: 'refused'; readonly code: string; readonly providerCode?: string }
  | { readonly outcome: 'unknown'; readonly providerCode?: string };

/** Words of ours, in place of a provider's, for calls that reached nobody: they say nothing about the channel. */
const NOBODY_ASKED: readonly (string | undefined)[] = ['not_called', 'no_line'];

export function isNobodyAsked(outcome: SendOutcome): boolean {
  return outcome.outcome !== 'accepted' && NOBODY_ASKED.includes(outcome.providerCode);
}

/** A send of ours that the provider is asked about. */
export interface QuestionedSend {
  readonly echo: string;
  readonly providerMessageId?: string | undefined;
  readonly address: string;
}

/**
 * What the provider itself says about a send ([C]10), when one asks for it.
 *
 * - `accepted`: it has it, and this became of it since.
 * - `notSent`: it certainly never got it.
 * - `none`: it cannot be asked, or did not answer.
 */
export type Proof =
  | { readonly proof: 'accepted'; readonly providerMessageId: string; readonly notices: readonly ChannelNotice[] }
  | { readonly proof: 'notSent' | 'none' };

/** A request as it came: headers in small letters, the body's bytes as they were signed. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** By the machine's clock, in milliseconds since 1970: for signatures that carry their instant. */
  readonly atMs: number;
}

/** What a poll brought, and where the next one goes on: that confirms this one to the provider. */
export type Polled =
  { readonly notices: readonly ChannelNotice[]; readonly cursor: string | undefined } | { readonly failed: string };

/** A template as the provider has it. */
export interface ProviderTemplate {
  readonly name: string;
  readonly language: string;
  readonly status: string;
  readonly body: string;
  readonly variables: readonly string[];
}

/**
 * One type of channel: how to send, and how to understand what its provider tells. Never throws for what a provider or the
 * network does: that is an outcome. Holds no state of its own but connections.
 */
export abstract class ChannelAdapter {
  abstract readonly type: string;
  /** The longest that `send` can take: a caller's lease must outlast it. */
  abstract readonly sendTimeoutMs: number;
  /** How soon after a send its provider can be asked about it; absent where it cannot be asked at all. */
  readonly provesAfterMs?: number;
  /** Whether channels of this type can be asked for news. */
  readonly mayPoll: boolean = false;

  abstract send(channel: OpenChannel, message: OutgoingMessage): Promise<SendOutcome>;
  /** Whether the provider itself sent this request. Compares in constant time. */
  abstract isAuthentic(channel: OpenChannel, request: WebhookRequest): boolean;
  /** What a request says to a channel; `undefined` for one that cannot be read. */
  abstract read(request: WebhookRequest, channel: OpenChannel): readonly ChannelNotice[] | undefined;
  /** Whether a channel is the one that a notice is about: a provider may tell one address of several. */
  isAbout(_channel: OpenChannel, _notice: ChannelNotice): boolean {
    return true;
  }

  /** Ends the connections. */
  abstract close(): Promise<void>;

  /** Asks the provider what became of a send, by its own means. */
  async lookUp(_channel: OpenChannel, _sent: QuestionedSend): Promise<Proof> {
    return { proof: 'none' };
  }

  /** The answer to the provider's own check of our address; `undefined` refuses it. */
  verify(_channel: OpenChannel, _query: Readonly<Record<string, string | undefined>>): string | undefined {
    return undefined;
  }

  /** Whether this channel is asked for news instead of being told. */
  polls(_channel: OpenChannel): boolean {
    return false;
  }

  /** Waits for news, for a bounded time or until the signal. */
  async poll(_channel: OpenChannel, _cursor: string | undefined, _signal: AbortSignal): Promise<Polled> {
    return { notices: [], cursor: undefined };
  }

  /** The templates of the provider's account; `undefined` where there are none. */
  async templates(_channel: OpenChannel): Promise<readonly ProviderTemplate[] | undefined> {
    return undefined;
  }
}
