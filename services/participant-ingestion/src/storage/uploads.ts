import type { DateFormat } from '@poinciana/campaign-definition';
import type { Interruption, WaitingFor } from '../domain/interruption.js';
import type { Counts } from '../domain/item-outcome.js';
import type { ItemProblem } from '@poinciana/participant-file';
import type { UploadReading } from '../domain/upload-reading.js';

/** How long whoever receives or imports an upload may be silent, by the database's clock, before others take over. */
export const UPLOAD_LEASE_MS = 60_000;
/** The same for one that is received in parts: whoever lost the connection may be back, so others wait longer. */
export const PARTS_LEASE_MS = 10 * 60_000;
export const UPLOADS_PAGE_MAX = 200;
export const PROBLEMS_PAGE_MAX = 1_000;
/** Uploads whose content is removed in one round. */
export const EXPIRED_MAX = 100;

export interface UploadIdentity {
  readonly id: string;
  readonly workspace: string;
  readonly campaignId: string;
}

export interface NewUpload extends UploadIdentity {
  readonly fileName: string;
  readonly actor: string;
  /** By the Clock port, ISO 8601. */
  readonly receivedAt: string;
  /** Where it is received in parts, and checked when it is whole. */
  readonly parts?: UploadParts;
}

/** What is said of a file before its first part. */
export interface UploadParts {
  /** Of the whole file. */
  readonly bytes: number;
  readonly dateFormat: DateFormat;
}

/** How far an import is: what comes before `nextRow` is stored. */
export interface ImportProgress {
  readonly nextRow: number;
  /** Where that row begins, in bytes of the text as UTF-8 without the mark. */
  readonly nextByte: number;
  readonly counts: Counts;
  /** Rows that have warnings, whatever else became of them. */
  readonly warned: number;
}

/** An upload that this process imports. */
export interface ImportTask extends NewUpload {
  readonly bytes: number;
  readonly reading: UploadReading;
  readonly progress: ImportProgress;
  /** Imports before this one that ended without a step forward. */
  readonly failures: number;
  /** Who holds the lease: every write names it. */
  readonly holder: string;
}

/** An upload whose file is whole and was not checked while it was received. */
export type CheckTask = Omit<ImportTask, 'reading'>;
export type HeldUpload = Pick<ImportTask, 'id' | 'holder'>;

/** An error refuses its row; a warning says something about a row that it does not stop. */
export type Severity = 'error' | 'warning';

/** A problem of a row of a file, and its place among those of its row and severity. */
export interface RowProblem extends ItemProblem {
  readonly severity: Severity;
  readonly row: number;
  readonly ordinal: number;
}

/** Problems of one field and code, with the first rows that have them. */
export interface ProblemGroup {
  readonly field: string;
  readonly code: string;
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly row: number; readonly value: string }[];
}

/** An upload as its list shows it. */
export interface UploadRecord extends NewUpload {
  readonly state: 'receiving' | 'importing' | 'completed';
  readonly status: 'Processing' | 'Completed' | 'Failed';
  readonly reason?: string;
  /** What the import waits for, until it goes on. */
  readonly waitingFor?: WaitingFor;
  readonly completedAt?: string;
  readonly bytes: number;
  readonly reading?: UploadReading;
  readonly progress: ImportProgress;
  /** How long the import has been running, or ran, by the database's clock. */
  readonly importMs: number;
}

export interface UploadTotals {
  /** Rows read over all uploads, failed ones included (A87). */
  readonly rows: number;
  readonly lastReceivedAt?: string;
}

/** How an upload ended. */
export interface UploadEnd {
  readonly status: 'Completed' | 'Failed';
  readonly reason?: string;
  readonly completedAt: string;
}

/** What is known of uploads beside their streams: one under way per campaign, who imports it, and how far it is. */
export abstract class Uploads {
  /**
   * Reserves the campaign for an upload that is being received. Answers false while another is under way. One whose receiver
   * fell silent gives way; `abandoned` names it, so that its file can be removed.
   */
  abstract reserve(upload: NewUpload): Promise<{ readonly reserved: boolean; readonly abandoned: readonly string[] }>;
  /** Says that the upload is still being received. False when it gave way to another. */
  abstract keepReceiving(id: string): Promise<boolean>;
  /** The file is stored and checked: from now on it will be imported. False when the upload gave way to another. */
  abstract received(id: string, bytes: number, reading: UploadReading): Promise<boolean>;
  /** All parts are stored: from now on the file will be checked and imported. False when the upload gave way to another. */
  abstract receivedInParts(id: string): Promise<boolean>;
  /**
   * Takes over the oldest upload to check whose lease is free; `undefined` when there is none. Whoever asks works on nothing, so
   * a lease of its own is one that it could not give back.
   */
  abstract takeUnchecked(holder: string): Promise<CheckTask | undefined>;
  /** Keeps the lease. False when it was lost. */
  abstract keepChecking(task: HeldUpload): Promise<boolean>;
  /** The file is checked: from now on it will be imported. False when the lease was lost. */
  abstract checked(task: HeldUpload, reading: UploadReading): Promise<boolean>;
  /** Uploads that are still being received and whose sender has been silent for so long after their lease; at most EXPIRED_MAX. */
  abstract silent(silentMs: number): Promise<readonly string[]>;
  /** Forgets an upload that was refused while it was received. */
  abstract refuse(id: string): Promise<void>;

  /** The same with the oldest upload to import. */
  abstract takeTask(holder: string): Promise<ImportTask | undefined>;
  /**
   * Stores a step forward with its problems, and keeps the lease. A problem that is stored already is not counted again. False when
   * the lease was lost: nothing is stored then.
   */
  abstract saveProgress(task: HeldUpload, progress: ImportProgress, problems: readonly RowProblem[]): Promise<boolean>;
  /** Gives the lease back, and keeps what the import waits for until its next step forward. Only `failed` counts as a failure. */
  abstract release(task: HeldUpload, interruption: Interruption): Promise<void>;
  /** Ends an upload and frees its campaign. False when the lease was lost. */
  abstract complete(task: HeldUpload, end: UploadEnd): Promise<boolean>;

  /**
   * Asks that the upload ends early. Of one in parts nothing more is received: whoever takes it to check it ends it. False when
   * the upload is not under way any more.
   */
  abstract cancel(upload: UploadIdentity): Promise<boolean>;
  abstract isCanceled(id: string): Promise<boolean>;

  /** Uploads that ended at least so long ago, by the database's clock, and whose file and problems are kept; at most EXPIRED_MAX. */
  abstract expired(keptMs: number): Promise<readonly string[]>;
  /** Forgets the problems of an upload whose file was removed. */
  abstract removeContent(id: string): Promise<void>;

  abstract find(upload: UploadIdentity): Promise<UploadRecord | undefined>;
  /**
   * The newest first, after one that is known; at most UPLOADS_PAGE_MAX. Without one that was cut off while it was received: nothing will
   * come of it, and whoever sent it got no answer.
   */
  abstract list(workspace: string, campaignId: string, limit: number, after?: string): Promise<readonly UploadRecord[]>;
  abstract totals(workspace: string, campaignId: string): Promise<UploadTotals>;
  /** In the order of the rows, after a place; at most PROBLEMS_PAGE_MAX. */
  abstract problems(
    id: string,
    severity: Severity,
    after: { readonly row: number; readonly ordinal: number },
  ): Promise<readonly RowProblem[]>;
  /** The largest first. Counted as problems are stored, so that nobody who asks waits for that. */
  abstract problemGroups(id: string, severity: Severity): Promise<readonly ProblemGroup[]>;
}
