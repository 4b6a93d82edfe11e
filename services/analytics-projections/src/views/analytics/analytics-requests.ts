import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { OptionalInstant } from '../../http/instant.js';
import { INTERVALS, type Interval } from './activity-view.js';

export const CAMPAIGNS_COMPARED_MAX = 50;

export class PeriodRequest {
  @OptionalInstant('The first instant that counts, by the quarter of an hour; from the beginning when absent.')
  readonly from?: string;

  @OptionalInstant('The first instant that counts no more; to the end when absent.')
  readonly before?: string;
}

export class AnalyticsRequest extends PeriodRequest {
  @ApiPropertyOptional({ enum: INTERVALS, default: 'day', description: "In the workspace's zone." })
  @IsIn(INTERVALS)
  readonly interval: Interval = 'day';
}

export class FunnelRequest extends PeriodRequest {
  @ApiPropertyOptional({ format: 'uuid', description: 'Only this flow.' })
  @IsOptional()
  @IsUUID()
  readonly flowId?: string;

  @ApiPropertyOptional({ description: 'Only this version.', minimum: 1, example: 3 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly version?: number;
}

export class ComparisonRequest extends AnalyticsRequest {
  @ApiPropertyOptional({
    description: `Ids of campaigns, separated by commas, at most ${CAMPAIGNS_COMPARED_MAX}; those that changed last when absent.`,
    type: String,
    isArray: true,
    example: ['0b5c7d2e-0000-4000-8000-000000000009'],
  })
  @IsOptional()
  @Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(CAMPAIGNS_COMPARED_MAX)
  @IsUUID(undefined, { each: true })
  readonly campaign?: string[];

  @OptionalInstant('The beginning of a period to compare with.')
  readonly againstFrom?: string;

  @OptionalInstant('Its end.')
  readonly againstBefore?: string;
}
