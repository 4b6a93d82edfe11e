import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Page, type PageEnd, TOTAL_EXACT_MAX } from '../views/page.js';
import { formatCursor } from './cursor.js';
import { isBackwards, type PageRequest } from './page-request.js';

/** What every page says of itself. */
export class PageFacts {
  @ApiProperty({ description: `How many match: exact up to ${TOTAL_EXACT_MAX}, then estimated.`, example: 988 })
  readonly total!: number;
  @ApiProperty({ description: 'Whether the total is an estimate.', example: false })
  readonly isTotalEstimated!: boolean;
  @ApiPropertyOptional({ description: 'For `after`, to read what follows; absent on the last page.' })
  readonly next?: string;
  @ApiPropertyOptional({ description: 'For `before`, to read what comes before; absent on the first page.' })
  readonly previous?: string;
}

export interface PageAnswer<Line> extends PageFacts {
  readonly items: readonly Line[];
}

/** A page as it is answered; it was read as `pagingOf` says. */
export function pageAnswer<Line>(
  { lines, total, isTotalEstimated }: Page<Line>,
  request: PageRequest,
  endOf: (line: Line) => PageEnd,
): PageAnswer<Line> {
  const { limit, after } = request;
  const backwards = isBackwards(request);
  const read = lines.slice(0, limit);
  const items = backwards ? read.toReversed() : read;
  const goesOn = lines.length > limit;
  const [first, last] = [items[0], items.at(-1)];
  const hasNext = backwards || goesOn;
  const hasPrevious = backwards ? goesOn : after !== undefined;
  return {
    items,
    total,
    isTotalEstimated,
    ...(hasNext && last !== undefined ? { next: formatCursor(endOf(last)) } : {}),
    ...(hasPrevious && first !== undefined ? { previous: formatCursor(endOf(first)) } : {}),
  };
}
