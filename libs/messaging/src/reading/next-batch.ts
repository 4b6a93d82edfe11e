import type { Position } from '@poinciana/event-sourcing';
import type { ConsumerGroup } from '../event-bus.js';
import type { PreparedWrite } from '../processing/batch-processor.js';
import type { ClaimedPartitions } from '../processing/claimed-partitions.js';
import type { BatchReader, ReadBatch } from './batch-reader.js';

interface NextRead<Transaction> {
  readonly batch: ReadBatch;
  readonly prepared: PreparedWrite<Transaction> | undefined;
}

interface Next<Transaction> extends NextRead<Transaction> {
  readonly after: number;
  /** The partitions whose events it holds. */
  readonly held: string;
}

/** The batch behind the one in hand, handled while that is being written, where the group allows it. One at most. */
export class NextBatch<Transaction> {
  private next: Next<Transaction> | undefined;

  constructor(
    private readonly group: ConsumerGroup<Transaction>,
    private readonly reader: BatchReader,
    private readonly claims: ClaimedPartitions,
  ) {}

  /** Never throws: whoever handles the batch in its turn meets the error again. */
  async prepare(after: Position): Promise<void> {
    this.next = undefined;
    if (this.group.isReadModel !== true) return;
    const { held } = this;
    try {
      const batch = await this.reader.read(after);
      if (batch.events.length === 0) return;
      const write = await this.group.handle({ group: this.group.name, events: batch.events });
      this.next = { after: after.number, held, batch, prepared: { write } };
    } catch {
      this.next = undefined;
    }
  }

  /** What was prepared behind a place of the log, if the partitions are still the same; else what is read there now. */
  async read(after: Position): Promise<NextRead<Transaction>> {
    const { next } = this;
    this.next = undefined;
    if (next?.after === after.number && next.held === this.held) return next;
    return { batch: await this.reader.read(after), prepared: undefined };
  }

  forget(): void {
    this.next = undefined;
  }

  private get held(): string {
    return this.claims.partitions.join();
  }
}
