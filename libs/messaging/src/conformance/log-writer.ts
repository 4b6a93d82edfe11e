import { derivedId, streamName, type EventStore, type NewEvent, type StreamWrite } from '@poinciana/event-sourcing';

const WORKSPACE = derivedId('workspace', 'conformance');
/** Streams in one append. */
const APPEND_STREAMS_MAX = 500;

export const CATEGORIES = ['participant', 'flow-runs', 'communication'] as const;

/** The id of the n-th person. */
export function keyOf(person: number): string {
  return derivedId('person', person);
}

/** Appends events about people to streams of several categories. */
export class LogWriter {
  private readonly revisions = new Map<string, number>();
  private written = 0;

  constructor(private readonly store: EventStore) {}

  /** One event about each of the people, in this category; answers their ids. */
  async write(category: string, people: readonly number[], data: object = {}): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let from = 0; from < people.length; from += APPEND_STREAMS_MAX) {
      const writes = this.writes(category, people.slice(from, from + APPEND_STREAMS_MAX), data);
      await this.store.append(writes);
      ids.push(...writes.flatMap(({ events }) => events.map(({ id }) => id)));
    }
    return ids;
  }

  /** `rounds` times one event in each category about each of the people. */
  async writeRounds(rounds: number, people: readonly number[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const category of CATEGORIES) ids.push(...(await this.write(category, people, { round })));
    }
    return ids;
  }

  /** The next writes, for a test that appends them itself. */
  writes(category: string, people: readonly number[], data: object = {}): readonly StreamWrite[] {
    return people.map((person) => this.next(category, person, data));
  }

  private next(category: string, person: number, data: object): StreamWrite {
    const stream = streamName(category, derivedId(category, person));
    const expectedRevision = this.revisions.get(stream) ?? -1;
    this.revisions.set(stream, expectedRevision + 1);
    const cause = derivedId('cause', this.written++);
    const event: NewEvent = {
      id: derivedId(stream, expectedRevision + 1),
      type: 'SomethingHappened',
      data,
      workspace: WORKSPACE,
      key: keyOf(person),
      time: '2030-01-01T00:00:00.000Z',
      causation: cause,
      correlation: cause,
      actor: 'service:conformance',
      hop: 0,
    };
    return { stream, expectedRevision, events: [event] };
  }
}
