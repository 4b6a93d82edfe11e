import { ApiPropertyOptional } from '@nestjs/swagger';
import { COMMUNICATION_STATUSES } from '@poinciana/campaign-definition';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { OptionalInstant } from '../../http/instant.js';
import { PageRequest } from '../../http/page-request.js';
import { CONDITION_CHARACTERS_MAX, FIELD_CONDITIONS_MAX } from './filters/field-condition.js';
import { PARTICIPANT_SORTS, type ParticipantSort } from './participant-view.js';

const TEXT_MAX = 256;

/** A parameter that may come several times. */
function listed({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'string' ? [value] : value;
}

function separated({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',') : value;
}

export class ParticipantsRequest extends PageRequest {
  @ApiPropertyOptional({ enum: PARTICIPANT_SORTS, default: 'createdAt' })
  @IsIn(PARTICIPANT_SORTS)
  readonly sort: ParticipantSort = 'createdAt';

  @ApiPropertyOptional({
    description:
      'Part of the name, the email, the phone or the external ID, in any case; of what may be a phone number the digits count.',
    maxLength: TEXT_MAX,
    example: 'kowal',
  })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly q?: string;

  @ApiPropertyOptional({ description: 'How the name begins, in any case.', maxLength: TEXT_MAX, example: 'Anna' })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly name?: string;

  @ApiPropertyOptional({ description: 'How the email begins, in any case.', maxLength: TEXT_MAX, example: 'anna@' })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly email?: string;

  @ApiPropertyOptional({
    description: 'How the phone number begins; only its digits count.',
    maxLength: TEXT_MAX,
    example: '+34 600',
  })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly phone?: string;

  @ApiPropertyOptional({
    description: 'How the external ID begins, in any case.',
    maxLength: TEXT_MAX,
    example: 'CRM-',
  })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly externalId?: string;

  @ApiPropertyOptional({ description: 'Those that this upload made or changed.', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly uploadId?: string;

  @OptionalInstant('Created at this instant or later.')
  readonly createdFrom?: string;

  @OptionalInstant('Created before this instant.')
  readonly createdBefore?: string;

  @OptionalInstant('Changed at this instant or later.')
  readonly updatedFrom?: string;

  @OptionalInstant('Changed before this instant.')
  readonly updatedBefore?: string;

  @ApiPropertyOptional({
    description: 'With a communication in one of these statuses; separated by commas.',
    enum: COMMUNICATION_STATUSES,
    isArray: true,
    example: ['Failed', 'Skipped'],
  })
  @IsOptional()
  @Transform(separated)
  @IsArray()
  @IsIn(COMMUNICATION_STATUSES, { each: true })
  readonly status?: string[];

  @ApiPropertyOptional({
    description:
      'Conditions on fields, `field:operator:value`, with the operators of a Field Check; all must hold. Values of `isBetween` and `inList` are separated by commas. A day, or a time without an offset, is that of the zone of each participant, else of the workspace.',
    type: [String],
    maxItems: FIELD_CONDITIONS_MAX,
    example: ['due_date:isOnOrAfter:2026-11-20', 'amount:isBetween:1,5'],
  })
  @IsOptional()
  @Transform(listed)
  @IsArray()
  @ArrayMaxSize(FIELD_CONDITIONS_MAX)
  @IsString({ each: true })
  @MaxLength(CONDITION_CHARACTERS_MAX, { each: true })
  readonly field?: string[];
}
