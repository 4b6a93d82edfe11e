import { describe, expect, it } from '@jest/globals';
import { TransientError } from '@poinciana/event-sourcing';
import { GATHERED_MAX, GatheredStores, WAITING_MAX } from './gathered-stores.js';

/** Stands in for the database: remembers what it was given and ends each store when told. */
class Stores {
  readonly calls: (readonly number[])[] = [];
  private readonly open: { readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
  readonly gathered = new GatheredStores<number>((entries) => {
    this.calls.push(entries);
    return new Promise((end, fail) => this.open.push({ end, fail }));
  });

  async end(error?: Error): Promise<void> {
    const call = this.open.shift();
    if (call === undefined) throw new Error('No store is under way');
    if (error === undefined) call.end();
    else call.fail(error);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('stores that are gathered', () => {
  it('stores the first at once, and what came meanwhile together and in order', async () => {
    const stores = new Stores();
    const all = [[1], [2, 3], [4]].map((entries) => stores.gathered.add(entries));
    expect(stores.calls).toEqual([[1]]);
    await stores.end();
    expect(stores.calls).toEqual([[1], [2, 3, 4]]);
    await stores.end();
    await Promise.all(all);
  });

  it('puts no more into a store than fits, and takes no more in than its bound', async () => {
    const stores = new Stores();
    const many = Array.from({ length: GATHERED_MAX - 1 }, (_, number) => number);
    const all = [[0], many, [1], [2]].map((entries) => stores.gathered.add(entries));
    await stores.end();
    expect(stores.calls.map(({ length }) => length)).toEqual([1, GATHERED_MAX]);
    const room = WAITING_MAX - 1;
    all.push(stores.gathered.add(Array.from({ length: room }, (_, number) => number)));
    expect(() => stores.gathered.add([1])).toThrow(TransientError);
    for (let call = 1; call < 4; call += 1) await stores.end();
    expect(stores.calls.map(({ length }) => length)).toEqual([1, GATHERED_MAX, 1, room]);
    await Promise.all(all);
  });

  it('tells everybody that the database is away, and goes on', async () => {
    const stores = new Stores();
    const all = Promise.allSettled([1, 2, 3].map((entry) => stores.gathered.add([entry])));
    await stores.end();
    await stores.end(new TransientError('away'));
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    const next = stores.gathered.add([4]);
    await stores.end();
    await next;
  });

  it('lets nobody pay for the fault of another', async () => {
    const stores = new Stores();
    const all = Promise.allSettled([1, 2, 3].map((entry) => stores.gathered.add([entry])));
    for (const error of [undefined, new Error('a bug'), new Error('a bug'), undefined]) await stores.end(error);
    expect(stores.calls).toEqual([[1], [2, 3], [2], [3]]);
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
