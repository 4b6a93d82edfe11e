import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageRequest } from '../../http/page-request.js';

const STATUSES = ['Inactive', 'Active', 'Error'];

export class CampaignsRequest extends PageRequest {
  @ApiPropertyOptional({
    description: 'Part of the name or the description, without regard to case.',
    maxLength: 200,
    example: 'remind',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly q?: string;

  @ApiPropertyOptional({
    description: 'One or more, separated by commas.',
    enum: STATUSES,
    isArray: true,
    example: ['Active'],
  })
  @IsOptional()
  @Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @IsIn(STATUSES, { each: true })
  readonly status?: string[];

  @ApiPropertyOptional({ enum: ['modified', 'created'], default: 'modified' })
  @IsIn(['modified', 'created'])
  readonly sort: 'modified' | 'created' = 'modified';
}
