import type { JsonObject } from '@poinciana/contracts';
import type { StateWrite } from '@poinciana/messaging';
import type { Direction, Page, PageEnd } from '../page.js';
import type { MessageDirection, SessionChanges } from './session-changes.js';

/** A conversation as lists show it. Instants are ISO 8601 in UTC; null where it has not happened or is not known. */
export interface SessionLine {
  readonly id: string;
  readonly channelId: string;
  readonly channelType: string;
  /** null: of none, as a test message of a channel or what somebody wrote whom no agent answers. */
  readonly agentId: string | null;
  readonly direction: string;
  readonly communicationId: string | null;
  readonly participantId: string | null;
  readonly customerId: string | null;
  readonly campaignId: string | null;
  readonly openedAt: string;
  readonly lastAt: string;
  readonly closedAt: string | null;
  readonly closeReason: string | null;
  /** Declared results of the conversation, by name. */
  readonly results: JsonObject | null;
}

export interface SessionMessage {
  readonly at: string;
  readonly direction: MessageDirection;
  readonly text: string;
}

/** How many messages of a session are shown: the first ones. */
export const SESSION_MESSAGES_MAX = 1_000;

export interface SessionQuery {
  readonly workspace: string;
  readonly agentId?: string;
  readonly channelType?: string;
  readonly channelId?: string;
  /** Of a communication of the campaign, or incoming and concerning a participant of it. */
  readonly campaignId?: string;
  readonly participantId?: string;
  readonly openedFrom?: string;
  readonly openedBefore?: string;
  /** Words that must all stand in one message. */
  readonly text?: string;
  /** By the instant of opening. */
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** The read model behind Sessions. */
export abstract class SessionView<Transaction> {
  /** What was written before changes nothing. */
  abstract write(changes: SessionChanges): StateWrite<Transaction>;
  abstract list(query: SessionQuery): Promise<Page<SessionLine>>;
  abstract find(workspace: string, id: string): Promise<SessionLine | undefined>;
  /** Conversations that a participant began herself, the newest first: their ids. */
  abstract incomingOf(workspace: string, participantId: string, limit: number): Promise<readonly string[]>;
  /** In the order in which they were written. */
  abstract messages(workspace: string, id: string): Promise<readonly SessionMessage[]>;
}
