import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const STATUSES = ['Inactive', 'Active', 'Error'];

export class CampaignsRequest {
  @ApiPropertyOptional({ description: 'Part of the name or the description, without regard to case.', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly q?: string;

  @ApiPropertyOptional({ description: 'One or more, separated by commas.', enum: STATUSES, isArray: true })
  @IsOptional()
  @Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @IsIn(STATUSES, { each: true })
  readonly status?: string[];

  @ApiPropertyOptional({ enum: ['modified', 'created'], default: 'modified' })
  @IsIn(['modified', 'created'])
  readonly sort: 'modified' | 'created' = 'modified';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'desc' })
  @IsIn(['asc', 'desc'])
  readonly direction: 'asc' | 'desc' = 'desc';

  @ApiPropertyOptional({ description: 'The `next` of the page before.', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;
}
