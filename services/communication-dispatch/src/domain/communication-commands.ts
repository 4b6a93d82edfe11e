import type { JsonObject } from '@poinciana/contracts';
import type { CommunicationFacts, CommunicationPersonal } from './communication.js';

/** What is decided when a communication is planned; everything else comes with time. */
export type PlannedFacts = Omit<
  CommunicationFacts,
  | 'status'
  | 'attempts'
  | 'silent'
  | 'dispatch'
  | 'signals'
  | 'startedAt'
  | 'repliedAt'
  | 'endedAt'
  | 'code'
  | 'sessionId'
>;

/** Plans it; with a `skipCode` it ends at once as Skipped (A8). */
export interface PlanCommunication {
  readonly type: 'PlanCommunication';
  readonly facts: PlannedFacts;
  readonly personal: CommunicationPersonal;
  readonly skipCode?: string | undefined;
  /** Instants are ISO 8601 in UTC, in every command. */
  readonly at: string;
}

/** The intent to send, if it is time and still time. */
export interface RequestDispatch {
  readonly type: 'RequestDispatch';
  readonly at: string;
  /** How long an attempt may stay without a known outcome. */
  readonly settleMs: number;
  readonly attemptsMax: number;
}

/** Its window is over and it was not sent; ends as Skipped at the instant given (A9, [C]4). */
export interface MissWindow {
  readonly type: 'MissWindow';
  readonly at: string;
}

/** It is due, and must not be sent: ends as Skipped. */
export interface SkipCommunication {
  readonly type: 'SkipCommunication';
  readonly code: 'suppressed';
  readonly at: string;
}

/** Its window fell into a pause and Start was answered with "plan it for the next one" (A9). */
export interface ReplanCommunication {
  readonly type: 'ReplanCommunication';
  readonly sendAt: string;
  readonly windowEnd: string;
  readonly at: string;
}

/** The provider took the message: its own answer. */
export interface RecordAcceptance {
  readonly type: 'RecordAcceptance';
  readonly attempt: number;
  readonly providerMessageId: string;
  readonly providerAddress?: string | undefined;
  readonly at: string;
}

/** The message was certainly not sent, and may be tried again. */
export interface RecordDelay {
  readonly type: 'RecordDelay';
  readonly attempt: number;
  readonly code: string;
  readonly providerCode?: string | undefined;
  readonly retryAt: string;
  readonly at: string;
}

/** The message was certainly not sent, and never will be. */
export interface RecordRefusal {
  readonly type: 'RecordRefusal';
  readonly attempt: number;
  readonly code: string;
  readonly providerCode?: string | undefined;
  readonly at: string;
}

/** Nobody knows whether it was sent: no further attempt, proof is awaited until the attempt's `settleBy`. */
export interface RecordUnknown {
  readonly type: 'RecordUnknown';
  readonly attempt: number;
  readonly providerCode?: string | undefined;
  readonly at: string;
}

/** No proof came in time: ends as Failed `outcome_unknown`. */
export interface SettleUnknown {
  readonly type: 'SettleUnknown';
  readonly at: string;
  /** Attempts until which the channel is set to try again ([C]10); absent: it never sends what may have been sent. */
  readonly triesMax?: number;
}

/** What a provider tells later. `sent` proves acceptance and says nothing more. */
export type ProviderSignal = 'sent' | 'delivered' | 'read' | 'failed';

export interface RecordSignal {
  readonly type: 'RecordSignal';
  readonly signal: ProviderSignal;
  readonly providerMessageId: string;
  readonly providerAddress?: string | undefined;
  /** Of `failed`. */
  readonly code?: string | undefined;
  readonly providerCode?: string | undefined;
  readonly at: string;
}

/**
 * How a call goes on (A64): answered is Replied; not answered, busy, rejected or a machine is NoResponse; concluded, by
 * whoever hung up, brings the results. In any order: each proves what must have come before.
 */
export interface RecordCall {
  readonly type: 'RecordCall';
  readonly progress: 'answered' | 'unanswered' | 'concluded';
  readonly providerMessageId: string;
  readonly providerAddress?: string | undefined;
  /** Of `unanswered`. */
  readonly code?: string | undefined;
  readonly providerCode?: string | undefined;
  /** Of `concluded`. */
  readonly answered?: boolean | undefined;
  readonly results?: JsonObject | undefined;
  readonly at: string;
}

/** The person wrote. */
export interface RecordReply {
  readonly type: 'RecordReply';
  readonly at: string;
}

/** The agent tells results and the conversation goes on ([W]3). */
export interface RecordResults {
  readonly type: 'RecordResults';
  readonly results: JsonObject;
  readonly at: string;
}

/** The agent closes the conversation with its results ([C]8). */
export interface CompleteConversation {
  readonly type: 'CompleteConversation';
  readonly results: JsonObject;
  readonly at: string;
}

/** The duration is over ([C]8, A63). */
export interface EndDuration {
  readonly type: 'EndDuration';
  readonly at: string;
}

export interface CancelCommunication {
  readonly type: 'CancelCommunication';
  readonly code: 'canceled_by_flow' | 'canceled_by_user' | 'participant_deleted' | 'campaign_deleted';
  /** Fires no Communication Ended (A19). */
  readonly silent: boolean;
  readonly at: string;
}

/** The person is gone: it holds nothing personal from here on, whatever is told of it later. An open one ends with it (A19). */
export interface EraseCommunication {
  readonly type: 'EraseCommunication';
  readonly at: string;
}

export type CommunicationCommand =
  | PlanCommunication
  | RequestDispatch
  | MissWindow
  | SkipCommunication
  | ReplanCommunication
  | RecordAcceptance
  | RecordDelay
  | RecordRefusal
  | RecordUnknown
  | SettleUnknown
  | RecordSignal
  | RecordCall
  | RecordReply
  | RecordResults
  | CompleteConversation
  | EndDuration
  | CancelCommunication
  | EraseCommunication;
