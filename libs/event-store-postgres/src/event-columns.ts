import { binaryArray } from '@poinciana/database';
import type { CheckedEvent } from '@poinciana/event-sourcing';

/** Events turned on their side: a list a column, filled in one pass, in the order of the parameters of `event_log.append`. */
export class EventColumns {
  private readonly writes: number[] = [];
  private readonly streams: string[] = [];
  private readonly categories: number[] = [];
  private readonly revisions: number[] = [];
  private readonly ids: string[] = [];
  private readonly types: string[] = [];
  private readonly workspaces: string[] = [];
  private readonly keys: string[] = [];
  private readonly times: string[] = [];
  private readonly causations: string[] = [];
  private readonly correlations: string[] = [];
  private readonly actors: string[] = [];
  private readonly hops: number[] = [];
  private readonly data: string[] = [];
  private readonly personal: (string | undefined)[] = [];
  private readonly sizes: number[] = [];

  /** `write` is the number of the write from 1. */
  add(
    { event, data, personal }: CheckedEvent,
    write: number,
    stream: string,
    category: number,
    revision: number,
  ): void {
    this.writes.push(write);
    this.streams.push(stream);
    this.categories.push(category);
    this.revisions.push(revision);
    this.ids.push(event.id);
    this.types.push(event.type);
    this.workspaces.push(event.workspace);
    this.keys.push(event.key);
    this.times.push(event.time);
    this.causations.push(event.causation);
    this.correlations.push(event.correlation);
    this.actors.push(event.actor);
    this.hops.push(event.hop);
    this.data.push(data);
    this.personal.push(personal);
    this.sizes.push(data.length + (personal?.length ?? 0));
  }

  parameters(): readonly Buffer[] {
    return [
      binaryArray.int4(this.writes),
      binaryArray.uuid(this.streams),
      binaryArray.int2(this.categories),
      binaryArray.int4(this.revisions),
      binaryArray.uuid(this.ids),
      binaryArray.text(this.types),
      binaryArray.uuid(this.workspaces),
      binaryArray.uuid(this.keys),
      binaryArray.timestamptz(this.times),
      binaryArray.uuid(this.causations),
      binaryArray.uuid(this.correlations),
      binaryArray.text(this.actors),
      binaryArray.int2(this.hops),
      binaryArray.json(this.data),
      binaryArray.json(this.personal),
      binaryArray.int4(this.sizes),
    ];
  }
}
