import type { StoredEvent } from '@poinciana/event-sourcing';
import type { KafkaMessage } from 'kafkajs';

/** Gathers events into a batch within bounds. A single event may be larger than the bound in bytes. */
export class BatchGathering {
  private events: StoredEvent[] = [];
  private bytes = 0;

  constructor(private readonly bounds: { readonly eventsMax: number; readonly bytesMax: number }) {}

  hasNoRoomFor(event: StoredEvent | undefined, { value }: Pick<KafkaMessage, 'value'>): boolean {
    if (event === undefined || this.events.length === 0) return false;
    return this.events.length >= this.bounds.eventsMax || this.bytes + (value?.length ?? 0) > this.bounds.bytesMax;
  }

  add(event: StoredEvent | undefined, { value }: Pick<KafkaMessage, 'value'>): void {
    if (event === undefined) return;
    this.events.push(event);
    this.bytes += value?.length ?? 0;
  }

  take(): readonly StoredEvent[] {
    const { events } = this;
    this.events = [];
    this.bytes = 0;
    return events;
  }
}
