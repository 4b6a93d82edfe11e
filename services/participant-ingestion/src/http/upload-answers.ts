import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { UploadRecord } from '../storage/uploads.js';
import type { UploadPage } from '../handlers/upload-queries.js';

export class ColumnWarningAnswer {
  @ApiProperty()
  readonly column!: string;
  @ApiProperty({ enum: ['ignored_column', 'unnamed_column'] })
  readonly code!: string;
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
  @ApiProperty({ description: 'Size of the file.' })
  readonly bytes!: number;
  @ApiProperty({ description: 'How much of the file was imported, from 0 to 1.' })
  readonly progress!: number;
  @ApiProperty({ description: 'How much of the file was imported, in bytes.' })
  readonly bytesImported!: number;
  @ApiProperty()
  readonly rowsPerSecond!: number;
  @ApiPropertyOptional({
    description: 'How long the rest takes at this rate; absent before the first rows and at the end.',
  })
  readonly secondsLeft?: number;
  @ApiProperty({ type: [ColumnWarningAnswer], description: 'Columns that are not read.' })
  readonly warnings!: readonly ColumnWarningAnswer[];
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

export function uploadAnswer(record: UploadRecord): UploadAnswer {
  const { id, campaignId, fileName, status, receivedAt, bytes, reading, reason, completedAt, importMs } = record;
  const { counts } = record.progress;
  const secondsLeft = secondsLeftOf(record);
  return {
    id,
    campaignId,
    fileName,
    status,
    receivedAt,
    ...counts,
    bytes,
    progress: shareOf(record),
    bytesImported: Math.round(bytes * shareOf(record)),
    rowsPerSecond: importMs > 0 ? Math.round((counts.rows * 1000) / importMs) : 0,
    warnings: reading?.warnings ?? [],
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
    ...(reason === undefined ? {} : { reason }),
    ...(completedAt === undefined ? {} : { uploadedAt: completedAt }),
  };
}

/** How much of the file is imported, by its rows, whose number is known since it was checked. */
function shareOf({ completedAt, reading, progress }: UploadRecord): number {
  if (completedAt !== undefined) return 1;
  const records = reading?.records ?? 0;
  return records === 0 ? 0 : (progress.nextRow - FIRST_ROW) / records;
}

function secondsLeftOf(record: UploadRecord): number | undefined {
  const { completedAt, importMs } = record;
  const share = shareOf(record);
  if (completedAt !== undefined || share === 0) return undefined;
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
