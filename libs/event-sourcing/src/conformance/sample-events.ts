import { v4 } from 'uuid';
import type { JsonObject, NewEvent } from '../event.js';
import { type AppendOutcome, type EventStore, NO_STREAM, type StreamWrite } from '../event-store.js';
import type { Position } from '../position.js';
import { streamName } from '../stream-name.js';

/** A stream that no other spec has touched. */
export function newStream(category = 'participant'): string {
  return streamName(category, v4());
}

/** A category that no log has yet. */
export function newCategory(): string {
  return `new-${v4().replaceAll(/[^a-f]/g, '')}`;
}

/** Where an append ended; `undefined` for a conflict. */
export function positionOf(outcome: AppendOutcome | undefined): Position | undefined {
  return outcome !== undefined && 'position' in outcome ? outcome.position : undefined;
}

/** An event of its own id; the number tells it from others. */
export function sampleEvent(number = 0, changes: Partial<NewEvent> = {}): NewEvent {
  return {
    id: v4(),
    type: 'ParticipantUpdated',
    workspace: v4(),
    key: v4(),
    time: '2025-03-09T07:05:00.120Z',
    causation: v4(),
    correlation: v4(),
    actor: 'user:anna',
    hop: 0,
    data: { number },
    ...changes,
  };
}

export function sampleEvents(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, number) => sampleEvent(number));
}

/** A payload with a text of so many characters. */
export function payloadOf(length: number, character = 'x'): JsonObject {
  return { text: character.repeat(length) };
}

/** Appends to one stream and answers its outcome. */
export async function appendTo(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  expectedRevision: number = NO_STREAM,
): Promise<AppendOutcome> {
  return only(await store.append([{ stream, expectedRevision, events }]));
}

/** A write of one new event to a stream that must not exist yet. */
export function firstWrite(stream: string, event: NewEvent = sampleEvent()): StreamWrite {
  return { stream, expectedRevision: NO_STREAM, events: [event] };
}

/** The only element of a list; anything else ends the spec. */
export function only<Element>(list: readonly Element[]): Element {
  const [element, ...others] = list;
  if (element === undefined || others.length > 0) throw new Error(`One element was expected, not ${list.length}`);
  return element;
}
