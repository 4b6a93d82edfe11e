import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WAITING_DETAIL, WAITING_FOR, type WaitingFor } from '../domain/interruption.js';
import type { ShownUpload, UploadPage } from '../handlers/upload-queries.js';
import type { UploadsRevert } from '../storage/reverts.js';

export class ColumnWarningAnswer {
  @ApiProperty()
  readonly column!: string;
  @ApiProperty({ enum: ['ignored_column', 'unnamed_column'] })
  readonly code!: string;
}

/** What background work waits for. It goes on by itself; then this is gone. */
export class WaitingAnswer {
  @ApiProperty({ enum: WAITING_FOR })
  readonly code!: WaitingFor;
  @ApiProperty({ example: WAITING_DETAIL.storage_full })
  readonly detail!: string;
}

/** What became of the revert of an upload. */
export class UploadRevertAnswer {
  @ApiProperty({ enum: ['Processing', 'Completed', 'Failed'] })
  readonly status!: 'Processing' | 'Completed' | 'Failed';
  @ApiProperty({
    description:
      'Whether something that the upload had changed stays as it is; `revert/left-alone` lists what. Customers whom the upload made stay in any case.',
  })
  readonly partial!: boolean;
  @ApiProperty({ format: 'date-time' })
  readonly begunAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly endedAt?: string;
  @ApiProperty({ description: 'Who asked for it.', example: 'user:ada' })
  readonly actor!: string;
  @ApiProperty()
  readonly participantsDeleted!: number;
  @ApiProperty()
  readonly participantsRestored!: number;
  @ApiProperty()
  readonly profilesRestored!: number;
  @ApiProperty()
  readonly leftAlone!: number;
}

/** An upload, live while it is Processing. rows = created + updated + unchanged + failed, always. */
export class UploadAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty()
  readonly fileName!: string;
  @ApiProperty({ enum: ['Processing', 'Completed', 'Failed'] })
  readonly status!: string;
  @ApiPropertyOptional({ description: 'Why the file as a whole failed.', example: 'file_missing' })
  readonly reason?: string;
  @ApiPropertyOptional({ description: 'Only while the import waits for something: it goes on by itself.' })
  readonly waiting?: WaitingAnswer;
  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly uploadedAt?: string;
  @ApiProperty()
  readonly rows!: number;
  @ApiProperty()
  readonly created!: number;
  @ApiProperty()
  readonly updated!: number;
  @ApiProperty()
  readonly unchanged!: number;
  @ApiProperty()
  readonly failed!: number;
  @ApiProperty({
    description: 'Rows with warnings. A warning stops no row, so each of them counts above as well.',
  })
  readonly warned!: number;
  @ApiProperty({ description: 'Size of the file.' })
  readonly bytes!: number;
  @ApiProperty({ description: 'How much of the file was imported, from 0 to 1.' })
  readonly progress!: number;
  @ApiProperty({ description: 'How much of the file was imported, in bytes.' })
  readonly bytesImported!: number;
  @ApiProperty()
  readonly rowsPerSecond!: number;
  @ApiPropertyOptional({
    description: 'How long the rest takes at this rate; absent before the first rows, while it waits, and at the end.',
  })
  readonly secondsLeft?: number;
  @ApiProperty({ type: [ColumnWarningAnswer], description: 'Of the file as a whole: columns that are not read.' })
  readonly warnings!: readonly ColumnWarningAnswer[];
  @ApiPropertyOptional({ description: 'Only when somebody asked to revert the upload.' })
  readonly revert?: UploadRevertAnswer;
}

export class UploadListAnswer {
  @ApiProperty({ type: [UploadAnswer], description: 'The newest first.' })
  readonly items!: readonly UploadAnswer[];
  @ApiPropertyOptional({ description: 'Pass it as `after` to read on; absent at the end.' })
  readonly next?: string;
  @ApiProperty({ description: 'Rows processed over all uploads of the campaign, failed ones included.' })
  readonly totalParticipantsProcessed!: number;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly lastUploadAt?: string;
}

export class ProblemExampleAnswer {
  @ApiProperty({ description: 'As in a spreadsheet: the header is row 1.' })
  readonly row!: number;
  @ApiProperty()
  readonly value!: string;
}

export class ProblemGroupAnswer {
  @ApiProperty({ description: 'Empty when the row as a whole is wrong.' })
  readonly field!: string;
  @ApiProperty({ example: 'invalid_email' })
  readonly code!: string;
  @ApiProperty()
  readonly reason!: string;
  @ApiProperty()
  readonly count!: number;
  @ApiProperty({ type: [ProblemExampleAnswer] })
  readonly examples!: readonly ProblemExampleAnswer[];
}

export function uploadAnswer(record: ShownUpload): UploadAnswer {
  const { id, campaignId, fileName, status, receivedAt, bytes, reading, reason, completedAt, importMs } = record;
  const { waitingFor, revert } = record;
  const { counts, warned } = record.progress;
  const secondsLeft = secondsLeftOf(record);
  return {
    id,
    campaignId,
    fileName,
    status,
    receivedAt,
    ...counts,
    warned,
    bytes,
    progress: shareOf(record),
    bytesImported: Math.round(bytes * shareOf(record)),
    rowsPerSecond: importMs > 0 ? Math.round((counts.rows * 1000) / importMs) : 0,
    warnings: reading?.warnings ?? [],
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
    ...(reason === undefined ? {} : { reason }),
    ...(completedAt === undefined ? {} : { uploadedAt: completedAt }),
    ...(waitingFor === undefined ? {} : { waiting: waitingAnswer(waitingFor) }),
    ...(revert === undefined ? {} : { revert: uploadRevertAnswer(revert) }),
  };
}

export function waitingAnswer(code: WaitingFor): WaitingAnswer {
  return { code, detail: WAITING_DETAIL[code] };
}

function uploadRevertAnswer({
  begunAt,
  endedAt,
  reason,
  actor,
  progress,
  isPartial,
}: UploadsRevert): UploadRevertAnswer {
  const ended = reason === undefined ? 'Completed' : 'Failed';
  const revert = { status: endedAt === undefined ? 'Processing' : ended, partial: isPartial, begunAt, actor } as const;
  return { ...revert, ...progress.counts, ...(endedAt === undefined ? {} : { endedAt }) };
}

/** How much of the file is imported, by its rows, whose number is known since it was checked. */
function shareOf({ completedAt, reading, progress }: ShownUpload): number {
  if (completedAt !== undefined) return 1;
  const records = reading?.records ?? 0;
  return records === 0 ? 0 : (progress.nextRow - FIRST_ROW) / records;
}

function secondsLeftOf(record: ShownUpload): number | undefined {
  const { completedAt, importMs, waitingFor } = record;
  const share = shareOf(record);
  if (completedAt !== undefined || waitingFor !== undefined || share === 0) return undefined;
  return Math.ceil((importMs * (1 - share)) / share / 1000);
}

const FIRST_ROW = 2;

export function uploadListAnswer({ uploads, totals }: UploadPage, limit: number): UploadListAnswer {
  const last = uploads.length === limit ? uploads.at(-1)?.id : undefined;
  return {
    items: uploads.map(uploadAnswer),
    totalParticipantsProcessed: totals.rows,
    ...(last === undefined ? {} : { next: last }),
    ...(totals.lastReceivedAt === undefined ? {} : { lastUploadAt: totals.lastReceivedAt }),
  };
}
