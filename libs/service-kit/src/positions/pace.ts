import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '@poinciana/event-sourcing';

/** How many events of the log a producer of many may be ahead of the slowest consumer group of its process. */
export const AHEAD_EVENTS_MAX = 12_000;
/** A group that stands still for so long keeps nobody waiting: what it misses, it reads from the log later. */
export const STANDSTILL_MS_MAX = 1_000;
/** And nobody waits longer than this in one go, however slow the groups are: leases run meanwhile. */
export const WAIT_MS_MAX = 5_000;
const LOOK_EVERY_MS = 2;

/** Back-pressure: what a producer of many events asks between two batches. */
export interface Pace {
  /** Ends as soon as the consumer groups of this process are near the end of the log. */
  keep(): Promise<void>;
}

/** For where nobody reads. */
export const ownPace: Pace = { keep: async () => undefined };

/** The consumer groups of a process. */
export interface Readers {
  /** The number in the log up to which all of them are through; undefined when none is at work here. */
  slowest(): number | undefined;
}

export interface PaceBounds {
  readonly aheadEventsMax: number;
  readonly standstillMsMax: number;
  readonly waitMsMax: number;
}

const BOUNDS: PaceBounds = {
  aheadEventsMax: AHEAD_EVENTS_MAX,
  standstillMsMax: STANDSTILL_MS_MAX,
  waitMsMax: WAIT_MS_MAX,
};

/**
 * The pace of the readers of the same process. A producer that keeps it finds that what it writes is read while it is still in
 * memory, and little is in memory at once, however much there is to write.
 */
export class PaceOfReaders implements Pace {
  constructor(
    private readonly store: Pick<EventStore, 'head'>,
    private readonly readers: Readers,
    private readonly bounds = BOUNDS,
  ) {}

  async keep(): Promise<void> {
    if (this.readers.slowest() === undefined) return;
    const { aheadEventsMax, standstillMsMax, waitMsMax } = this.bounds;
    const near = (await this.store.head()).number - aheadEventsMax;
    const began = performance.now();
    let last = { at: -1, since: began };
    for (;;) {
      const slowest = this.readers.slowest();
      const now = performance.now();
      if (slowest === undefined || slowest >= near || now - began >= waitMsMax) return;
      if (slowest !== last.at) last = { at: slowest, since: now };
      if (now - last.since >= standstillMsMax) return;
      await pause(LOOK_EVERY_MS);
    }
  }
}
