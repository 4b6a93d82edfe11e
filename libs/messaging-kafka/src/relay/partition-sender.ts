import type { Position, StoredEvent } from '@poinciana/event-sourcing';
import { growingPauseMs, pause } from '@poinciana/messaging';
import type { Message } from 'kafkajs';
import type { Publication } from './publication.js';
import { faultOf } from './refusals.js';
import type { RelayBounds, ReportOfRelay, SendRecords } from './relay-bounds.js';
import type { RelayCheckpoint, WithheldEvent } from './relay-checkpoints.js';

/** An event that waits, and the one before it in its partition. */
interface Waiting {
  readonly event: StoredEvent;
  readonly previous: number;
  readonly bytes: number;
}

/** What a sender needs of the relay's term of office. */
export interface SenderSurroundings {
  readonly publication: Publication;
  readonly bounds: RelayBounds;
  readonly send: SendRecords;
  readonly report: ReportOfRelay;
  readonly withhold: (event: WithheldEvent) => Promise<void>;
  /** Answers once this relay may send; throws when it may not any more. */
  readonly mayTry: () => Promise<void>;
  readonly ending: AbortSignal;
  /** Called when there is room again. */
  readonly sent: () => void;
}

/** Sends what belongs to one partition, in log order, one send after the other, each again until it is acknowledged. */
export class PartitionSender {
  private readonly waiting: Waiting[] = [];
  private begun = 0;
  private wake: () => void = () => undefined;
  private lastQueued: number;
  private lastAcknowledged: RelayCheckpoint;
  private told = -1;
  private watermark: Position | undefined;
  queuedBytes = 0;

  constructor(
    readonly checkpoint: RelayCheckpoint,
    private readonly surroundings: SenderSurroundings,
  ) {
    this.lastQueued = checkpoint.previous;
    this.lastAcknowledged = checkpoint;
  }

  get queuedEvents(): number {
    return this.waiting.length - this.begun;
  }

  /** All that was given is acknowledged. */
  get isIdle(): boolean {
    return this.waiting.length === 0 && this.watermark === undefined;
  }

  /** Takes an event in log order. One that the checkpoint covers is left out. */
  offer(event: StoredEvent, bytes: number): void {
    const { number } = event.position;
    if (number <= this.checkpoint.position.number) return;
    this.waiting.push({ event, previous: this.lastQueued, bytes });
    this.queuedBytes += bytes;
    this.lastQueued = number;
    this.wake();
  }

  /** Tells consumers of a quiet partition how far the log is. */
  offerWatermark(position: Position): void {
    if (this.surroundings.publication.watermark === undefined) return;
    if (!this.isIdle || position.number <= this.told) return;
    this.watermark = position;
    this.wake();
  }

  /** How far the partition is when the log was read up to a place. */
  placeAt(readThrough: Position): RelayCheckpoint {
    const { partition, position, previous } = this.lastAcknowledged;
    if (this.waiting.length > 0 || position.number >= readThrough.number) return this.lastAcknowledged;
    return { partition, position: readThrough, previous };
  }

  async run(): Promise<void> {
    const { ending } = this.surroundings;
    while (!ending.aborted) {
      if (this.waiting.length > 0) await this.sendWaiting();
      else if (this.watermark !== undefined) await this.sendWatermark(this.watermark);
      else await this.untilOffered();
    }
  }

  private untilOffered(): Promise<void> {
    const { ending } = this.surroundings;
    return new Promise((resolve) => {
      const goOn = () => {
        ending.removeEventListener('abort', goOn);
        this.wake = () => undefined;
        resolve();
      };
      ending.addEventListener('abort', goOn);
      this.wake = goOn;
    });
  }

  private async sendWaiting(): Promise<void> {
    const { bounds } = this.surroundings;
    let bytes = 0;
    let count = 0;
    while (count < this.waiting.length && count < bounds.sendEventsMax) {
      const next = this.waiting[count]?.bytes ?? 0;
      if (count > 0 && bytes + next > bounds.sendBytesMax) break;
      bytes += next;
      count += 1;
    }
    this.begun = count;
    await this.deliver(this.waiting.slice(0, count));
    this.waiting.splice(0, count);
    this.begun = 0;
    this.queuedBytes -= bytes;
    this.surroundings.report({ kind: 'sent', partition: this.checkpoint.partition, events: count });
    this.surroundings.sent();
  }

  private async sendWatermark(position: Position): Promise<void> {
    const record = this.surroundings.publication.watermark?.(
      position,
      this.lastAcknowledged.previous,
      this.checkpoint.partition,
    );
    if (record !== undefined) await this.untilAcknowledged([record]);
    this.told = position.number;
    this.watermark = undefined;
  }

  /** Sends events in one record batch; what the broker refuses for itself is divided until the event is found. */
  private async deliver(events: readonly Waiting[]): Promise<void> {
    const { publication } = this.surroundings;
    const { partition } = this.checkpoint;
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    const error = await this.untilAcknowledged(
      events.map(({ event, previous }) => publication.record(event, previous, partition)),
    );
    if (error !== undefined && events.length > 1) {
      const middle = Math.ceil(events.length / 2);
      await this.deliver(events.slice(0, middle));
      await this.deliver(events.slice(middle));
      return;
    }
    if (error !== undefined) await this.withhold(first, error);
    const { position } = last.event;
    this.told = position.number;
    this.lastAcknowledged = { partition, position, previous: position.number };
  }

  private async withhold({ event, previous }: Waiting, error: unknown): Promise<void> {
    const { partition } = this.checkpoint;
    const reason = error instanceof Error ? error.name : 'unknown';
    const withheld = { position: event.position, partition, eventId: event.id, reason };
    await this.again(() => this.surroundings.withhold(withheld));
    await this.untilAcknowledged([this.surroundings.publication.withheld(event, previous, partition)]);
    this.surroundings.report({ kind: 'withheld', event: withheld });
  }

  /** Answers with the error when the broker refuses the records for what they are. */
  private async untilAcknowledged(records: readonly Message[]): Promise<unknown> {
    let refusal: unknown;
    await this.again(async () => {
      try {
        await this.surroundings.send(this.checkpoint.partition, records);
      } catch (error) {
        if (faultOf(error) !== 'records') throw error;
        refusal = error;
      }
    });
    return refusal;
  }

  /** Tries until it goes well or the term ends, which throws. */
  private async again(attemptOnce: () => Promise<void>): Promise<void> {
    const { bounds, report, ending, mayTry } = this.surroundings;
    for (let attempt = 1; ; attempt += 1) {
      await mayTry();
      try {
        return await attemptOnce();
      } catch (error) {
        const isRefused = faultOf(error) === 'refused';
        report(isRefused ? { kind: 'refused', error } : { kind: 'retry', error, attempt });
        const pauseMs = isRefused
          ? bounds.refusedPauseMs
          : growingPauseMs(attempt, bounds.retryPauseMs, bounds.retryPauseMaxMs);
        await pause(pauseMs, ending);
      }
    }
  }
}
