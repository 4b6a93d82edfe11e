import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Direction } from '../views/page.js';
import { CURSOR_CHARACTERS_MAX } from './cursor.js';

/** What every list takes. */
export class PageRequest {
  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'desc' })
  @IsIn(['asc', 'desc'])
  readonly direction: Direction = 'desc';

  @ApiPropertyOptional({ description: 'The `next` of the page before.', maxLength: CURSOR_CHARACTERS_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_CHARACTERS_MAX)
  readonly after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;
}
