import type { workspace } from '@poinciana/contracts';

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

export type OutgoingContent =
  | {
      readonly type: 'template';
      readonly name: string;
      readonly language: string;
      readonly values: readonly { readonly name?: string; readonly text: string }[];
    }
  | { readonly type: 'text'; readonly text: string };

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

/** Something that a provider told about a message of ours, or that a person wrote. */
export type ChannelNotice =
  | {
      readonly about: 'status';
      readonly status: 'sent' | 'delivered' | 'read' | 'failed';
      readonly providerMessageId: string;
      /** What we gave the provider to echo. */
      readonly echo?: string;
      readonly address?: string;
      readonly code?: string;
      readonly providerCode?: string;
    }
  | { readonly about: 'message'; readonly providerMessageId: string; readonly address: string; readonly text: string };

/** A request as it came: headers in small letters, the body's bytes as they were signed. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * One type of channel: how to send, and how to understand what its provider tells. Never throws for what a provider or the
 * network does: that is an outcome. Holds no state of its own but connections.
 */
export abstract class ChannelAdapter {
  abstract readonly type: string;
  /** The longest that `send` can take: a caller's lease must outlast it. */
  abstract readonly sendTimeoutMs: number;
  abstract send(channel: OpenChannel, message: OutgoingMessage): Promise<SendOutcome>;
  /** Whether the provider itself sent this request. Compares in constant time. */
  abstract isAuthentic(channel: OpenChannel, request: WebhookRequest): boolean;
  /** What a request says; `undefined` for one that cannot be read. */
  abstract read(request: WebhookRequest): readonly ChannelNotice[] | undefined;
  /** The answer to the provider's own check of our address; `undefined` refuses it. */
  abstract verify(channel: OpenChannel, query: Readonly<Record<string, string | undefined>>): string | undefined;
  /** Ends the connections. */
  abstract close(): Promise<void>;
}
