import type { StateWrite } from '@poinciana/messaging';
import type { Direction, Page, PageEnd } from '../page.js';
import type { CommunicationChange } from './communication-changes.js';

/** A communication as lists show it. Instants are ISO 8601 in UTC; null where it has not happened. */
export interface CommunicationLine {
  readonly id: string;
  readonly campaignId: string;
  readonly participantId: string;
  readonly life: number;
  readonly flowId: string;
  readonly runId: string;
  readonly nodeId: string;
  readonly name: string;
  readonly agentId: string;
  readonly channelId: string;
  readonly channelType: string;
  readonly status: string;
  /** Why it ended or waits; '' when there is nothing to say. */
  readonly code: string;
  readonly sendAt: string | null;
  readonly plannedAt: string;
  readonly startedAt: string | null;
  readonly repliedAt: string | null;
  readonly endedAt: string | null;
  readonly sessionId: string | null;
  readonly attempts: number;
}

export interface CommunicationQuery {
  readonly workspace: string;
  /** Communications of a participant, of a campaign, or of all campaigns of the workspace. */
  readonly of: { readonly participantId: string } | { readonly campaignId: string } | 'workspace';
  readonly statuses?: readonly string[];
  readonly codes?: readonly string[];
  readonly name?: string;
  readonly channelType?: string;
  readonly channelId?: string;
  readonly agentId?: string;
  readonly flowId?: string;
  readonly nodeId?: string;
  /** The first instant of planning that counts, and the first that counts no more. */
  readonly plannedFrom?: string;
  readonly plannedBefore?: string;
  /** By the instant of planning. */
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** Who is meant: a participant in one of her lives (A19). */
export interface ParticipantLife {
  readonly id: string;
  readonly life: number;
}

/** A participant whose customer was erased, and the last of her lives that this took. */
export interface ErasedParticipant extends ParticipantLife {
  readonly workspace: string;
}

/** The communications of one participant, in short. */
export interface ContactSummary {
  readonly participantId: string;
  readonly statuses: Readonly<Record<string, number>>;
  /** The communication that was started last. */
  readonly lastContact?: {
    readonly name: string;
    readonly channelType: string;
    readonly status: string;
    readonly at: string;
  };
  /** Of the communication that ended last (A65, A75). */
  readonly outcome?: { readonly result: string; readonly at: string };
}

/** The read model behind the lists of communications: one row a communication. */
export abstract class CommunicationView<Transaction> {
  /** Also keeps the counters by name, status and reason. What was written before changes nothing. */
  abstract write(changes: readonly CommunicationChange[]): StateWrite<Transaction>;
  /** Takes away what communications say about these participants, also what is written later of the lives that were erased. */
  abstract forget(erased: readonly ErasedParticipant[]): StateWrite<Transaction>;
  abstract list(query: CommunicationQuery): Promise<Page<CommunicationLine>>;
  /** In no order; who has no communications is left out. */
  abstract summaries(workspace: string, participants: readonly ParticipantLife[]): Promise<readonly ContactSummary[]>;
}
