import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError } from '@poinciana/event-sourcing';
import type { LeftEntry } from '../domain/revert-progress.js';
import { LEFT_REASONS, type LeftReason } from '../domain/undo.js';
import type { RevertState } from '../handlers/revert-upload.js';
import type { LeftPlace } from '../storage/reverts.js';
import { waitingAnswer, WaitingAnswer } from './upload-answers.js';

const LEFT_REASON_MEANING = [
  '`brought_in_since`: the participant was created by the upload, and another upload, the API or Kafka has written it since;',
  '`changed_since`: the fields have values that somebody else gave afterwards;',
  '`deleted_since`: the participant was deleted, or began a new life;',
  '`customer_kept`: the upload made the customer, who stays in the workspace with the profile;',
  '`customer_erased`: the customer was erased;',
  '`field_gone`: the campaign has the fields no longer;',
  '`participant_too_large`: with the values of before, all values together would be larger than 256 KiB.',
].join(' ');

export class LeftByReasonAnswer {
  @ApiProperty({ enum: LEFT_REASONS, description: LEFT_REASON_MEANING })
  readonly reason!: LeftReason;
  @ApiProperty()
  readonly count!: number;
}

/** A revert of an upload, or a preview of one, live while it is under way. */
export class RevertAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly uploadId!: string;
  @ApiProperty({ description: 'Whether nothing is changed.' })
  readonly preview!: boolean;
  @ApiProperty({ enum: ['Processing', 'Completed', 'Failed'] })
  readonly status!: 'Processing' | 'Completed' | 'Failed';
  @ApiPropertyOptional({ description: 'Why it failed; it may be asked for again.', example: 'campaign_deleted' })
  readonly reason?: string;
  @ApiPropertyOptional({ description: 'Only while the revert waits for something: it goes on by itself.' })
  readonly waiting?: WaitingAnswer;
  @ApiProperty({ format: 'date-time' })
  readonly begunAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  readonly endedAt?: string;
  @ApiProperty({ description: 'How much of what the upload wrote was looked at, from 0 to 1.' })
  readonly progress!: number;
  @ApiProperty({ description: 'Participants that the upload created and that leave the campaign.' })
  readonly participantsDeleted!: number;
  @ApiProperty({ description: 'Participants that get values back from before the upload.' })
  readonly participantsRestored!: number;
  @ApiProperty({ description: 'Customer profiles that get values back from before the upload.' })
  readonly profilesRestored!: number;
  @ApiProperty({ type: [LeftByReasonAnswer], description: 'What stays as it is.' })
  readonly leftAlone!: readonly LeftByReasonAnswer[];
}

export class LeftEntryAnswer {
  @ApiProperty({ enum: LEFT_REASONS })
  readonly reason!: LeftReason;
  @ApiProperty({ description: 'The first row of the file that it goes back to; the header is row 1.', example: 17 })
  readonly row!: number;
  @ApiProperty({ enum: ['participant', 'customer'] })
  readonly subject!: LeftEntry['subject'];
  @ApiProperty({ format: 'uuid' })
  readonly subjectId!: string;
  @ApiProperty({ type: [String], description: 'Names of fields, where only some values stay.' })
  readonly fields!: readonly string[];
}

export class LeftPageAnswer {
  @ApiProperty({ type: [LeftEntryAnswer], description: 'By reason and row.' })
  readonly items!: readonly LeftEntryAnswer[];
  @ApiPropertyOptional({ description: 'Pass it as `after` to read on; absent at the end.' })
  readonly next?: string;
}

export function revertAnswer({ record, leftByReason }: RevertState): RevertAnswer {
  const { id: uploadId, isPreview: preview, begunAt, endedAt, reason, progress, fromNumber, toNumber } = record;
  const { waitingFor } = record;
  const { leftAlone: _listed, ...counts } = progress.counts;
  const ended = reason === undefined ? 'Completed' : 'Failed';
  return {
    uploadId,
    preview,
    status: endedAt === undefined ? 'Processing' : ended,
    begunAt,
    progress: (progress.atNumber - fromNumber) / (toNumber - fromNumber),
    ...counts,
    leftAlone: LEFT_REASONS.flatMap((left) => {
      const count = leftByReason[left];
      return count === undefined ? [] : [{ reason: left, count }];
    }),
    ...(reason === undefined ? {} : { reason }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(waitingFor === undefined ? {} : { waiting: waitingAnswer(waitingFor) }),
  };
}

export function leftPageAnswer(items: readonly LeftEntry[], limit: number): LeftPageAnswer {
  const last = items.length === limit ? items.at(-1) : undefined;
  return last === undefined ? { items } : { items, next: `${last.reason}:${last.row}:${last.subjectId}` };
}

/** Reads what `leftPageAnswer` calls `next`. */
export function leftPlaceOf(cursor: string | undefined): LeftPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, reason, row, subjectId] = /^([a-z_]+):(\d{1,15}):([0-9a-f-]{36})$/.exec(cursor) ?? [];
  const known = LEFT_REASONS.find((each) => each === reason);
  if (known === undefined || subjectId === undefined || !UUID.test(subjectId))
    throw new DomainError('malformed_cursor', '`after` must be the `next` of another page');
  return { reason: known, row: Number(row), subjectId };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
