import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageRequest } from '../../http/page-request.js';
import { PARTICIPANT_SORTS, type ParticipantSort } from './participant-view.js';

const TEXT_MAX = 256;

export class ParticipantsRequest extends PageRequest {
  @ApiPropertyOptional({ enum: PARTICIPANT_SORTS, default: 'createdAt' })
  @IsIn(PARTICIPANT_SORTS)
  readonly sort: ParticipantSort = 'createdAt';

  @ApiPropertyOptional({
    description: 'Part of the name, the email, the phone or the external ID, in any case.',
    maxLength: TEXT_MAX,
  })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly q?: string;

  @ApiPropertyOptional({ description: 'How the email begins, in any case.', maxLength: TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly email?: string;

  @ApiPropertyOptional({ description: 'How the phone number begins; only its digits count.', maxLength: TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly phone?: string;

  @ApiPropertyOptional({ description: 'How the external ID begins, in any case.', maxLength: TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_MAX)
  readonly externalId?: string;

  @ApiPropertyOptional({ description: 'Those that this upload made or changed.', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly uploadId?: string;

  @ApiPropertyOptional({ description: 'Created at this instant or later.', format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly createdFrom?: string;

  @ApiPropertyOptional({ description: 'Created before this instant.', format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly createdBefore?: string;
}
