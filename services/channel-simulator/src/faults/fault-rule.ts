import { DUPLICATES_MAX, FAULT_DELAY_MS_MAX } from '../bounds.js';

/** What goes wrong with the request, drawn once for each send request that was found valid. */
export const REQUEST_FAULTS = [
  /** The connection is reset, nothing was accepted. */
  'resetBeforeAcceptance',
  /** The message is accepted, then the connection is reset: the answer is lost. */
  'resetAfterAcceptance',
  /** Not accepted: answered with `httpStatus` and the provider's `code`, or without any body (`bare`). */
  'refuse',
  /** Accepted, and yet answered with `httpStatus`. */
  'errorAfterAcceptance',
  /** Accepted at once, answered after `delayMs`. */
  'slowAnswer',
] as const;

/** What goes wrong with the fate of an accepted message, drawn once for each in automatic mode. */
export const FATE_FAULTS = [
  /** Its statuses are told last to first. */
  'reversedStatuses',
  /** It fails with `code`, by webhook. */
  'reportFailure',
] as const;

/** What goes wrong with a notification, drawn for each one. */
export const WEBHOOK_FAULTS = [
  /** Told `times` times more. */
  'duplicateWebhook',
  /** Told `delayMs` late. */
  'lateWebhook',
  /** A lie about it, with a wrong signature, is posted beside it. */
  'wrongSignature',
] as const;

export const FAULT_KINDS = [...REQUEST_FAULTS, ...FATE_FAULTS, ...WEBHOOK_FAULTS] as const;
export type RequestFault = (typeof REQUEST_FAULTS)[number];
export type FateFault = (typeof FATE_FAULTS)[number];
export type WebhookFault = (typeof WEBHOOK_FAULTS)[number];
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault to inject. Without `count` it stays until it is deleted; without `probability` it strikes whenever it applies. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Strikes this many times at most. */
  readonly count?: number;
  /** Chance from 0 to 1, drawn from the simulator's seed. */
  readonly probability?: number;
  /** Only messages to or from this person; digits, or an email address. */
  readonly address?: string;
  /** Only messages that carry this as `biz_opaque_callback_data`. */
  readonly communicationId?: string;
  /** Of `refuse` and `errorAfterAcceptance`; else as the code has it, else 500. */
  readonly httpStatus?: number;
  /** The provider's error code, of `refuse`, `errorAfterAcceptance` and `reportFailure`. */
  readonly code?: number;
  /** Of mail: where the connection breaks or the refusal comes, `rcpt` when absent. */
  readonly phase?: 'mail' | 'rcpt' | 'data';
  /** No body at all, as from a proxy in between. */
  readonly bare?: boolean;
  /** `Retry-After`, in seconds, of `refuse` and `errorAfterAcceptance`. */
  readonly retryAfterSeconds?: number;
  /** Of `slowAnswer`, `lateWebhook` and `duplicateWebhook`, in real milliseconds; 1,000 for the first two, else 0. */
  readonly delayMs?: number;
  /** Copies more, of `duplicateWebhook`; else 1. */
  readonly times?: number;
}

/** A rule in force: what was asked for, how often it applied and how often it struck. */
export interface FaultRuleInForce extends FaultRule {
  readonly id: number;
  readonly seen: number;
  readonly struck: number;
}

/** JSON Schema of a FaultRule. */
export const faultRuleSchema = {
  type: 'object',
  required: ['kind'],
  additionalProperties: false,
  properties: {
    kind: { enum: FAULT_KINDS },
    count: { type: 'integer', minimum: 1 },
    probability: { type: 'number', minimum: 0, maximum: 1 },
    address: { type: 'string', pattern: '^(\\+?[0-9]{1,16}|[^@ ]+@[^@ ]+)$' },
    communicationId: { type: 'string', minLength: 1 },
    httpStatus: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'integer', minimum: 0 },
    phase: { enum: ['mail', 'rcpt', 'data'] },
    bare: { type: 'boolean' },
    retryAfterSeconds: { type: 'integer', minimum: 0, maximum: 86_400 },
    delayMs: { type: 'integer', minimum: 0, maximum: FAULT_DELAY_MS_MAX },
    times: { type: 'integer', minimum: 1, maximum: DUPLICATES_MAX },
  },
} as const;
