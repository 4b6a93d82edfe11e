import type { Interruption, WaitingFor } from '../domain/interruption.js';
import type { LeftEntry, RevertCounts } from '../domain/revert-progress.js';
import type { LeftReason } from '../domain/undo.js';
import type { UploadIdentity } from './uploads.js';

export const LEFT_PAGE_MAX = 1_000;

/** A revert of an upload, or a preview of one: the same work, without writing anything. */
export interface RevertIdentity extends UploadIdentity {
  readonly isPreview: boolean;
}

export interface NewRevert extends RevertIdentity {
  readonly actor: string;
  /** By the Clock port, ISO 8601. */
  readonly begunAt: string;
  /** The part of the log in which the upload was imported: behind the one position, up to the other. */
  readonly shard: number;
  readonly fromNumber: number;
  readonly toNumber: number;
}

export interface RevertProgress {
  /** Behind which position of the log the revert goes on. */
  readonly atNumber: number;
  readonly counts: RevertCounts;
}

/** A revert that this process works on. */
export interface RevertTask extends NewRevert {
  readonly progress: RevertProgress;
  /** Runs before this one that ended without a step forward. */
  readonly failures: number;
  /** Who holds the lease: every write names it. */
  readonly holder: string;
}

export interface RevertRecord extends NewRevert {
  readonly progress: RevertProgress;
  readonly endedAt?: string;
  /** What it waits for, until it goes on. */
  readonly waitingFor?: WaitingFor;
  /** Why it ended before everything was looked at. */
  readonly reason?: string;
}

/** A revert as its upload shows it. */
export interface UploadsRevert extends RevertRecord {
  /** Whether it left something alone that the upload had changed. Customers whom the upload made stay in any case. */
  readonly isPartial: boolean;
}

/** Behind which entry a page of the list begins. */
export interface LeftPlace {
  readonly reason: LeftReason;
  readonly row: number;
  readonly subjectId: string;
}

/** How far reverts of uploads are, who works on them, and what they left alone. */
export abstract class Reverts {
  /** Begins one, or begins it anew where it has ended. Changes nothing while one is under way. */
  abstract begin(revert: NewRevert): Promise<void>;
  /** Takes over one whose lease is free, or was not given back by this holder; `undefined` when there is none. */
  abstract takeTask(holder: string): Promise<RevertTask | undefined>;
  /** Stores a step forward, and keeps the lease. False when the lease was lost: nothing is stored then. */
  abstract saveProgress(task: RevertTask, progress: RevertProgress, left: readonly LeftEntry[]): Promise<boolean>;
  /** Gives the lease back, and keeps what the revert waits for until its next step forward. Only `failed` counts as a failure. */
  abstract release(task: RevertTask, interruption: Interruption): Promise<void>;
  /** False when the lease was lost. */
  abstract end(task: RevertTask, endedAt: string, reason: string | undefined): Promise<boolean>;
  abstract find(revert: RevertIdentity): Promise<RevertRecord | undefined>;
  /** The reverts of these uploads of a workspace, by their ids; no previews. */
  abstract ofUploads(workspace: string, uploadIds: readonly string[]): Promise<ReadonlyMap<string, UploadsRevert>>;
  /** How much was left alone, by reason. */
  abstract leftByReason(revert: RevertIdentity): Promise<Readonly<Partial<Record<LeftReason, number>>>>;
  /** By reason, row and subject, behind a place; at most LEFT_PAGE_MAX. */
  abstract left(revert: RevertIdentity, limit: number, after?: LeftPlace): Promise<readonly LeftEntry[]>;
}
