import { afterAll, beforeAll, describe } from '@jest/globals';
import { appendingSpecs } from './appending.js';
import { boundSpecs } from './bounds.js';
import { concurrencySpecs } from './concurrency.js';
import { logSpecs } from './log.js';
import { payloadSpecs } from './payloads.js';
import { randomAppendSpecs } from './random-appends.js';
import { readingSpecs } from './reading.js';
import { redactionSpecs } from './redaction.js';
import type { StartedStore, StoreUnderTest } from './started-store.js';

export type { StartedStore } from './started-store.js';
export * from './sample-events.js';

const TOPICS: Readonly<Record<string, (underTest: StoreUnderTest) => void>> = {
  appending: appendingSpecs,
  payloads: payloadSpecs,
  bounds: boundSpecs,
  'reading streams': readingSpecs,
  'reading the log': logSpecs,
  redaction: redactionSpecs,
  concurrency: concurrencySpecs,
  'random appends': randomAppendSpecs,
};

/**
 * What every EventStore must hold, whatever stands behind it. An adapter's spec is three lines:
 * `eventStoreConformance('PostgresEventStore', startPostgresStore)`. The log may hold other events before and meanwhile.
 */
export function eventStoreConformance(name: string, start: () => Promise<StartedStore>): void {
  describe(`${name} as an EventStore`, () => {
    let started: StartedStore | undefined;
    const underTest = (): StartedStore => {
      if (started === undefined) throw new Error('The store has not been started');
      return started;
    };
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started?.stop();
    });
    for (const [topic, specs] of Object.entries(TOPICS)) {
      describe(`${topic}`, () => {
        specs(underTest);
      });
    }
  });
}
