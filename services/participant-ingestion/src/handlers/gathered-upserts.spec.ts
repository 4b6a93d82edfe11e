import { describe, expect, it } from '@jest/globals';
import { batchOf, ingestion, logOf, PLAN } from '../../test/fixtures.js';
import { GATHERED_ITEMS_MAX, GatheredUpserts, WAITING_REQUESTS_MAX } from './gathered-upserts.js';
import type { ItemBatch } from './item-batch.js';

const causeOf = (number: number) => `cccccccc-0000-4000-8000-${number.toString().padStart(12, '0')}`;
const requestOf = (number: number, rows: readonly object[], other: object = {}): ItemBatch =>
  batchOf(
    rows.map((row) => ({ ...row })),
    { cause: causeOf(number), door: 'api', firstNumber: 0, ...other },
  );

/** Small requests on the service, and the sizes of the batches that came of them. */
function gathering() {
  const service = ingestion();
  const sizes: number[] = [];
  const upserts = new GatheredUpserts({
    upsert: (batch) => {
      sizes.push(batch.items.length);
      return service.upserts.upsert(batch);
    },
  });
  return { ...service, gathered: upserts, sizes };
}

describe('small requests', () => {
  it('that come together are written together, each answered for its own', async () => {
    const { gathered, sizes, store } = gathering();
    const requests = Array.from({ length: 20 }, (_, at) =>
      requestOf(at, [{ external_id: `p${at}` }, { external_id: at % 2 === 0 ? 'shared' : '' }]),
    );
    const results = await Promise.all(requests.map((request) => gathered.upsert(request)));
    expect(sizes).toEqual([2, 38]);
    expect(results.map(({ outcomes }) => outcomes.map(({ outcome }) => outcome))).toEqual(
      requests.map((_, at) => ['created', at === 0 ? 'created' : at % 2 === 0 ? 'unchanged' : 'failed']),
    );
    // Every event names the request that it comes from.
    const created = (await logOf(store)).filter(({ type }) => type === 'ParticipantCreated');
    const ids = requests.map((request) => request.origins(0).participantEventId);
    expect(created.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  it('answer a repetition as the first time, though they were written together', async () => {
    const { gathered, upserts, store } = gathering();
    const requests = [0, 1, 2, 3].map((at) => requestOf(at, [{ external_id: 'same', amount: String(at) }]));
    const first = await Promise.all(requests.map((request) => gathered.upsert(request)));
    const log = await logOf(store);
    for (const [at, request] of requests.entries()) {
      const { outcomes } = await upserts.upsert({ ...request, mayBeRepeated: true });
      expect(outcomes).toEqual(first[at]?.outcomes);
    }
    expect(await logOf(store)).toEqual(log);
  });

  it('go apart when they are large, may be repeated, or read by other fields', async () => {
    const { gathered, sizes } = gathering();
    const many = Array.from({ length: GATHERED_ITEMS_MAX + 1 }, (_, at) => ({ external_id: `many-${at}` }));
    const others = [
      requestOf(1, [{ external_id: 'a' }]),
      requestOf(2, [{ external_id: 'b' }]),
      requestOf(3, [{ external_id: 'c' }], { plan: { ...PLAN } }),
      requestOf(4, [{ external_id: 'd' }]),
      requestOf(5, many),
      requestOf(6, [{ external_id: 'e' }], { mayBeRepeated: true }),
    ];
    await Promise.all(others.map((request) => gathered.upsert(request)));
    expect(sizes.toSorted((one, other) => one - other)).toEqual([1, 1, 1, 1, 1, GATHERED_ITEMS_MAX + 1]);
  });

  it('go apart when too many wait already', async () => {
    const sizes: number[] = [];
    const gathered = new GatheredUpserts({
      upsert: (batch) => {
        sizes.push(batch.items.length);
        return new Promise(() => undefined);
      },
    });
    for (let at = 0; at <= WAITING_REQUESTS_MAX; at += 1)
      void gathered.upsert(requestOf(at, [{ external_id: `p${at}` }]));
    expect(sizes).toEqual([1]);
    void gathered.upsert(requestOf(WAITING_REQUESTS_MAX + 1, [{ external_id: 'late' }]));
    expect(sizes).toEqual([1, 1]);
  });

  it('fail together, and the next ones do not', async () => {
    const { upserts } = ingestion();
    let isAway = true;
    const gathered = new GatheredUpserts({
      upsert: async (batch) => {
        if (isAway) throw new Error('away');
        return upserts.upsert(batch);
      },
    });
    const failed = await Promise.allSettled(
      [1, 2, 3].map((at) => gathered.upsert(requestOf(at, [{ external_id: 'x' }]))),
    );
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    isAway = false;
    expect((await gathered.upsert(requestOf(4, [{ external_id: 'x' }]))).outcomes).toMatchObject([
      { outcome: 'created' },
    ]);
  });
});
