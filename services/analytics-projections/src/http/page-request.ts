import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Direction, PageEnd } from '../views/page.js';
import { CURSOR_CHARACTERS_MAX, formatCursor, parseCursor } from './cursor.js';

const CURSOR_EXAMPLE = formatCursor({ value: '2026-11-20T09:00:00.000Z', id: '0b5c7d2e-0000-4000-8000-000000000009' });

/** What every list takes. */
export class PageRequest {
  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'desc' })
  @IsIn(['asc', 'desc'])
  readonly direction: Direction = 'desc';

  @ApiPropertyOptional({
    description: 'The `next` of another page: what follows it.',
    maxLength: CURSOR_CHARACTERS_MAX,
    example: CURSOR_EXAMPLE,
  })
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_CHARACTERS_MAX)
  readonly after?: string;

  @ApiPropertyOptional({
    description: 'The `previous` of another page: what comes before it. Counts for nothing beside `after`.',
    maxLength: CURSOR_CHARACTERS_MAX,
    example: CURSOR_EXAMPLE,
  })
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_CHARACTERS_MAX)
  readonly before?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;
}

/** What a view is asked for. */
export interface Paging {
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/**
 * A page backwards is a page forwards in the other direction, turned round. One line more than asked for is read, which shows
 * whether another page follows.
 */
export function pagingOf(request: PageRequest, sortedBy: 'instant' | 'text'): Paging {
  const { direction, after, limit } = request;
  if (isBackwards(request))
    return {
      direction: direction === 'asc' ? 'desc' : 'asc',
      after: parseCursor(request.before ?? '', sortedBy, 'before'),
      limit: limit + 1,
    };
  return { direction, ...(after === undefined ? {} : { after: parseCursor(after, sortedBy) }), limit: limit + 1 };
}

export function isBackwards({ after, before }: PageRequest): boolean {
  return after === undefined && before !== undefined;
}
