import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkInvariants } from '../../../test/number-invariants.js';
import { contents, cuts, project, projectInPieces } from '../../../test/projected-views.js';
import { randomHistory } from '../../../test/random-history.js';
import { inMemoryStore, PostgresStore } from '../../../test/view-stores.js';

describe('the views of any history', () => {
  let postgres: PostgresStore;
  beforeAll(async () => {
    postgres = await PostgresStore.start();
  });
  afterAll(() => postgres.stop());

  it('come out as from the log at once, in any batches, with repeated ones, in memory, and their numbers add up', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, cuts, async ({ events, redacted }, pieces) => {
        const [inPieces, atOnce] = [inMemoryStore(), inMemoryStore()];
        await projectInPieces(inPieces, events, pieces);
        await project(atOnce, redacted);
        expect(await contents(inPieces)).toEqual(await contents(atOnce));
        await checkInvariants(inPieces, events);
      }),
      { numRuns: 60 },
    );
  });

  it('come out the same in PostgreSQL as in memory, and no table is left out', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(randomHistory, cuts, async ({ events, redacted }, pieces) => {
        await postgres.empty();
        const atOnce = inMemoryStore();
        await projectInPieces(postgres.views(), events, pieces);
        await project(atOnce, redacted);
        expect(await contents(postgres.views())).toEqual(await contents(atOnce));
        await checkInvariants(postgres.views(), events);
        for (const table of await postgres.filledTables()) reached.add(table);
      }),
      { numRuns: 10, endOnFailure: true },
    );
    // A new table needs events in the random history, so that it is held to all of this too.
    expect([...reached].toSorted()).toEqual(await postgres.tables());
  });
});
