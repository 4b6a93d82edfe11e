import type { Position, StoredEvent } from '@poinciana/event-sourcing';
import type { ClaimedPartitions } from '../processing/claimed-partitions.js';
import type { LogPage } from './log-pages.js';
import type { LogTail } from './log-tail.js';

/** Events that are looked at for one batch, wanted or not, before the checkpoint is moved over them. */
const LOOKED_AT_EVENTS_MAX = 50_000;

export interface BatchBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

/** The wanted events up to a place in the log. */
export interface ReadBatch {
  readonly events: readonly StoredEvent[];
  readonly through: Position;
  /** Nothing more was behind it. */
  readonly isLast: boolean;
}

interface Gathered {
  readonly events: StoredEvent[];
  bytes: number;
  lookedAt: number;
  through: Position;
}

/** Gathers what is due in the claimed partitions, over as many pages as it takes. */
export class BatchReader {
  private readonly categories: ReadonlySet<string>;

  constructor(
    private readonly tail: LogTail,
    private readonly claims: ClaimedPartitions,
    categories: readonly string[],
    private readonly bounds: BatchBounds,
  ) {
    this.categories = new Set(categories);
  }

  async read(after: Position): Promise<ReadBatch> {
    const gathered: Gathered = { events: [], bytes: 0, lookedAt: 0, through: after };
    for (;;) {
      const page = await this.tail.read(gathered.through);
      const isFull = this.gather(page, gathered);
      const isLast = !isFull && (page.isLast || page.events.length === 0);
      if (isFull || isLast || gathered.lookedAt >= LOOKED_AT_EVENTS_MAX) {
        return { events: gathered.events, through: gathered.through, isLast };
      }
    }
  }

  /** Adds what is wanted of a page. Answers whether the batch is full. */
  private gather(page: LogPage, gathered: Gathered): boolean {
    const { eventsMax, bytesMax } = this.bounds;
    const { events, categories } = page;
    for (let index = 0; index < events.length; index++) {
      const event = events[index];
      if (event === undefined) break;
      if (this.categories.has(categories[index] ?? '') && this.isDue(event)) {
        const size = page.bytes[index] ?? 0;
        if (gathered.events.length > 0 && gathered.bytes + size > bytesMax) return true;
        gathered.events.push(event);
        gathered.bytes += size;
      }
      gathered.through = event.position;
      gathered.lookedAt++;
      if (gathered.events.length >= eventsMax) return true;
    }
    return false;
  }

  private isDue(event: StoredEvent): boolean {
    const disposition = this.claims.dispositionOf(event);
    return disposition === 'due' || disposition === 'parked';
  }
}
