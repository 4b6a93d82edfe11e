import { setMaxListeners } from 'node:events';
import { type Position, START } from '@poinciana/event-sourcing';
import { type LogTail, partitionOfKey, pause } from '@poinciana/messaging';
import { PartitionSender } from './partition-sender.js';
import type { Publication } from './publication.js';
import type { RelayBounds, ReportOfRelay, SendRecords } from './relay-bounds.js';
import { StaleRelayError, type RelayCheckpoint, type RelayCheckpoints, type RelayLease } from './relay-checkpoints.js';

const LEASE_LOOK_MS = 20;
const READ_WAIT_MS = 1_000;
const LOOPS_MAX = 10;

export interface RelayTermOptions {
  readonly publication: Publication;
  readonly lease: RelayLease;
  /** When the lease ends at the earliest, by `performance.now()`. */
  readonly leaseUntil: number;
  readonly tail: LogTail;
  readonly checkpoints: RelayCheckpoints;
  readonly bounds: RelayBounds;
  readonly send: SendRecords;
  readonly report: ReportOfRelay;
  readonly stopping: AbortSignal;
}

/** The time in which this relay has the lease: reads the log, deals it out to the partitions, and keeps the places. */
export class RelayTerm {
  private readonly ending = new AbortController();
  private readonly senders: readonly PartitionSender[];
  private readThrough: Position;
  private leaseUntil: number;
  private room: () => void = () => undefined;
  private written = new Map<number, RelayCheckpoint>();

  constructor(private readonly options: RelayTermOptions) {
    const { lease, bounds, send, report, checkpoints, publication } = options;
    this.leaseUntil = options.leaseUntil;
    // One listener for each partition, and one for each loop.
    setMaxListeners(lease.checkpoints.length + LOOPS_MAX, this.ending.signal);
    this.senders = lease.checkpoints.map(
      (checkpoint) =>
        new PartitionSender(checkpoint, {
          publication,
          bounds,
          send,
          report,
          withhold: (event) => checkpoints.withhold(publication.topic.name, event),
          mayTry: () => this.mayTry(),
          ending: this.ending.signal,
          sent: () => this.room(),
        }),
    );
    for (const checkpoint of lease.checkpoints) this.written.set(checkpoint.partition, checkpoint);
    this.readThrough = leastOf(lease.checkpoints);
  }

  private get topic(): string {
    return this.options.publication.topic.name;
  }

  /** The place up to which everything is acknowledged. */
  get position(): Position {
    return leastOf(this.places());
  }

  /** Publishes until the relay stops or loses its lease, which is thrown; then nothing is under way any more. */
  async run(): Promise<void> {
    const { stopping } = this.options;
    const end = () => this.ending.abort();
    stopping.addEventListener('abort', end);
    if (stopping.aborted) end();
    const loops = [
      this.keepLease(),
      this.keepReading(),
      this.every(this.options.bounds.commitMs, () => this.commit()),
      this.every(this.options.bounds.watermarkMs, async () => this.tellQuiet()),
      ...this.senders.map((sender) => sender.run()),
    ].map((loop) => loop.catch((error: unknown) => this.fail(error)));
    await Promise.all(loops);
    stopping.removeEventListener('abort', end);
    if (this.failure !== undefined) throw this.failure.error;
    await this.commit();
  }

  private failure: { readonly error: unknown } | undefined;

  private fail(error: unknown): void {
    if (!this.ending.signal.aborted) this.failure = { error };
    this.ending.abort();
  }

  private async every(ms: number, act: () => Promise<void>): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      await pause(ms, signal);
      if (!signal.aborted) await act();
    }
  }

  private async keepLease(): Promise<void> {
    const { bounds, checkpoints, lease, report } = this.options;
    let attempt = 0;
    await this.every(bounds.renewMs, async () => {
      const asked = performance.now();
      try {
        await checkpoints.renew(this.topic, lease.fence, bounds.leaseMs);
        this.leaseUntil = asked + bounds.leaseMs;
        attempt = 0;
      } catch (error) {
        if (error instanceof StaleRelayError) throw error;
        // The database is away: the lease runs on until its end, and sending stops there by itself.
        report({ kind: 'retry', error, attempt: ++attempt });
      }
    });
  }

  /** A lease that ran out may still be renewed; until then nothing is sent. */
  private async mayTry(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted && performance.now() >= this.leaseUntil) await pause(LEASE_LOOK_MS, signal);
    if (signal.aborted) throw new StaleRelayError('The term of this relay is over');
  }

  private async keepReading(): Promise<void> {
    const { tail, publication } = this.options;
    const { signal } = this.ending;
    while (!signal.aborted) {
      await this.untilRoom();
      const page = await tail.read(this.readThrough);
      const last = page.events.at(-1);
      if (last === undefined) {
        await tail.waitBehind(this.readThrough, READ_WAIT_MS, signal);
        continue;
      }
      for (const [index, event] of page.events.entries()) {
        if (!publication.takes(event)) continue;
        this.senders[partitionOfKey(event.key, this.senders.length)]?.offer(event, page.bytes[index] ?? 0);
      }
      this.readThrough = last.position;
      if (!page.isLast) tail.readAhead(last.position);
    }
  }

  private async untilRoom(): Promise<void> {
    const { queuedEventsMax, queuedBytesMax } = this.options.bounds;
    const { signal } = this.ending;
    while (!signal.aborted) {
      const events = this.senders.reduce((sum, sender) => sum + sender.queuedEvents, 0);
      const bytes = this.senders.reduce((sum, sender) => sum + sender.queuedBytes, 0);
      if (events < queuedEventsMax && bytes < queuedBytesMax) return;
      await new Promise<void>((resolve) => {
        const goOn = () => {
          signal.removeEventListener('abort', goOn);
          resolve();
        };
        this.room = goOn;
        signal.addEventListener('abort', goOn);
      });
    }
  }

  private tellQuiet(): void {
    for (const sender of this.senders) sender.offerWatermark(this.readThrough);
  }

  private async commit(): Promise<void> {
    const { checkpoints, lease, report } = this.options;
    const moved = this.places().filter(
      ({ partition, position }) => position.number > (this.written.get(partition)?.position ?? START).number,
    );
    if (moved.length === 0) return;
    try {
      await checkpoints.commit(this.topic, lease.fence, moved);
      for (const place of moved) this.written.set(place.partition, place);
    } catch (error) {
      if (error instanceof StaleRelayError) throw error;
      report({ kind: 'retry', error, attempt: 1 });
    }
  }

  private places(): readonly RelayCheckpoint[] {
    return this.senders.map((sender) => sender.placeAt(this.readThrough));
  }
}

function leastOf(checkpoints: readonly RelayCheckpoint[]): Position {
  const [first, ...others] = checkpoints.map(({ position }) => position);
  return others.reduce((least, position) => (position.number < least.number ? position : least), first ?? START);
}
