import { COMMUNICATION_STATUSES } from '@poinciana/campaign-definition';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
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
}
