import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '../event.js';
import { type EventStore, NO_STREAM, readStream } from '../event-store.js';
import { readToHead } from './log.js';
import { newStream, sampleEvent } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

/** How many histories are tried, and how long each may be. */
const RUNS = 40;
const CALLS_MAX = 12;
const STREAMS = 4;

/** One stream of a call: as it should be, off by some revisions, or a repetition of the last write. */
interface Step {
  readonly stream: number;
  readonly count: number;
  readonly off: number;
  readonly repeat: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.nat(STREAMS - 1),
  count: fc.integer({ min: 1, max: 3 }),
  off: fc.constantFrom(0, 0, 0, -1, 1),
  repeat: fc.boolean(),
});
const calls = fc.array(fc.uniqueArray(step, { selector: ({ stream }) => stream, minLength: 1, maxLength: STREAMS }), {
  maxLength: CALLS_MAX,
});

interface PlannedWrite {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
}

/** The log as it should be: lists of ids, nothing more. */
class Model {
  readonly log: string[] = [];
  private readonly streams = Array.from({ length: STREAMS }, () => ({
    name: newStream(),
    ids: [] as string[],
    last: undefined as PlannedWrite | undefined,
  }));

  plan({ stream, count, off, repeat }: Step): PlannedWrite {
    const model = this.of(stream);
    if (repeat && model.last !== undefined) return model.last;
    const expectedRevision = Math.max(NO_STREAM, model.ids.length - 1 + off);
    return {
      stream: model.name,
      expectedRevision,
      events: Array.from({ length: count }, (_, number) => sampleEvent(number)),
    };
  }

  /** Writes to the model, and answers what the store should answer, without the position. */
  append(index: number, write: PlannedWrite): { outcome: string; revision: number } {
    const model = this.of(index);
    const ids = write.events.map(({ id }) => id);
    const last = write.expectedRevision + ids.length;
    if (model.ids.length - 1 === write.expectedRevision) {
      model.ids.push(...ids);
      model.last = write;
      this.log.push(...ids);
      return { outcome: 'appended', revision: last };
    }
    const standing = model.ids.slice(write.expectedRevision + 1, last + 1);
    const same = standing.length === ids.length && standing.every((id, at) => id === ids[at]);
    return same ? { outcome: 'replayed', revision: last } : { outcome: 'conflict', revision: model.ids.length - 1 };
  }

  async expectIn(store: EventStore): Promise<void> {
    for (const { name, ids } of this.streams) expect((await readStream(store, name)).map(({ id }) => id)).toEqual(ids);
  }

  private of(index: number) {
    const stream = this.streams[index];
    if (stream === undefined) throw new Error(`No stream ${index}`);
    return stream;
  }
}

export function randomAppendSpecs(underTest: StoreUnderTest): void {
  it('answers and stores as the model says', async () => {
    const { store } = underTest();
    await fc.assert(
      fc.asyncProperty(calls, async (history) => {
        const model = new Model();
        const before = await store.head();
        for (const steps of history) {
          const writes = steps.map((one) => model.plan(one));
          const outcomes = await store.append(writes);
          expect(outcomes.map(({ outcome, revision }) => ({ outcome, revision }))).toEqual(
            writes.map((write, index) => model.append(steps[index]?.stream ?? -1, write)),
          );
        }
        await model.expectIn(store);
        expect((await readToHead(store, before, 5)).map(({ id }) => id)).toEqual(model.log);
      }),
      { numRuns: RUNS },
    );
  });
}
