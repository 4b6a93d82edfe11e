import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { OptionalInstant } from '../../http/instant.js';

class PastRequest {
  @OptionalInstant('As it stood at this instant; now when absent.')
  readonly asOf?: string;
}

export class TimelineRequest extends PastRequest {
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

export class WhyRequest extends PastRequest {
  @ApiPropertyOptional({ description: 'Asks why (not) the communication of this name.', example: 'REMINDED_DUE_DATE' })
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9_]{0,63}$/)
  readonly communication?: string;

  @ApiPropertyOptional({ description: 'Asks about this node; with `flow`.', example: 'is-paid' })
  @IsOptional()
  @Matches(/^[\w.:-]{1,100}$/)
  readonly node?: string;

  @ApiPropertyOptional({ description: 'The flow of the node.', format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly flow?: string;
}
