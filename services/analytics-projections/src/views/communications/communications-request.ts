import { COMMUNICATION_STATUSES } from '@poinciana/campaign-definition';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { OptionalInstant } from '../../http/instant.js';
import { PageRequest } from '../../http/page-request.js';

const CODES_MAX = 50;

function separated({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',') : value;
}

export class CommunicationsRequest extends PageRequest {
  @ApiPropertyOptional({
    description: 'One or more, separated by commas.',
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
    description: 'Codes of reasons, one or more, separated by commas.',
    isArray: true,
    type: String,
    example: ['window_missed'],
  })
  @IsOptional()
  @Transform(separated)
  @IsArray()
  @ArrayMaxSize(CODES_MAX)
  @Matches(/^[a-z_]{1,64}$/, { each: true })
  readonly code?: string[];

  @ApiPropertyOptional({ description: 'The name of the communication.', example: 'REMINDED_DUE_DATE' })
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9_]{0,63}$/)
  readonly name?: string;

  @ApiPropertyOptional({ example: 'whatsapp' })
  @IsOptional()
  @Matches(/^[a-z]{1,30}$/)
  readonly channelType?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly channelId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly agentId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Planned by this flow.' })
  @IsOptional()
  @IsUUID()
  readonly flowId?: string;

  @ApiPropertyOptional({ description: 'Planned by this node.', maxLength: 100, example: 'remind' })
  @IsOptional()
  @Matches(/^[\w.:-]{1,100}$/)
  readonly nodeId?: string;

  @OptionalInstant('Planned at this instant or later.')
  readonly plannedFrom?: string;

  @OptionalInstant('Planned before this instant.')
  readonly plannedBefore?: string;
}
