import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class TimelineRequest {
  @ApiPropertyOptional({ description: 'The `next` of the page before.', pattern: '^\\d{1,4}:\\d{1,15}$' })
  @IsOptional()
  @Matches(/^\d{1,4}:\d{1,15}$/)
  readonly after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;
}

export class WhyRequest {
  @ApiPropertyOptional({ description: 'Asks why (not) the communication of this name.', example: 'REMINDED_DUE_DATE' })
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9_]{0,63}$/)
  readonly communication?: string;
}
