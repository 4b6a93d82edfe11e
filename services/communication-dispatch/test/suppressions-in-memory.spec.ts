import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, START } from '@poinciana/event-sourcing';
import { DispatchWorld } from './dispatch-world.js';
import { CHANNEL, CUSTOMER, WORKSPACE } from './sample-definitions.js';

const KEY = { channelId: CHANNEL, customerId: CUSTOMER };

type Wish = 'suppress' | 'lift';

describe('suppressing and lifting that cross each other', () => {
  let world: DispatchWorld;
  let requests = 0;

  beforeEach(() => {
    world = new DispatchWorld();
  });
  afterEach(() => world.close());

  function does(wish: Wish): Promise<void> {
    requests += 1;
    const request = { ...KEY, workspace: WORKSPACE, causation: derivedId('request', requests), actor: 'user:eva' };
    return wish === 'lift' ? world.dispatch.suppress.lift(request) : world.dispatch.suppress.suppress(request, 'user');
  }

  async function types(): Promise<readonly string[]> {
    return (await world.store.readLog(START, 1_000)).map(({ type }) => type);
  }

  async function isSuppressed(): Promise<boolean> {
    return (await world.suppressions.among([KEY])).size > 0;
  }

  /** Another request is through between the next one's event and its row. */
  function isOvertakenBy(wish: Wish): void {
    const { suppressions } = world;
    const put = suppressions.put.bind(suppressions);
    suppressions.put = async (row) => {
      suppressions.put = put;
      await does(wish);
      return put(row);
    };
  }

  it.each([
    ['lifted before its row is written', [], 'suppress', 'lift', false],
    ['suppressed before the row of a lift is written', ['suppress'], 'lift', 'suppress', true],
  ] as const)('leave what the stream says: %s', async (_what, before, slow, quick, expected) => {
    for (const wish of before) await does(wish);
    isOvertakenBy(quick);
    await does(slow);
    expect((await types()).at(-1)).toBe(expected ? 'CustomerSuppressed' : 'SuppressionLifted');
    expect(await isSuppressed()).toBe(expected);
  });

  it('leave what the stream says, however many there are at once', async () => {
    const wishes = Array.from({ length: 8 }, (_, index): Wish => (index % 2 === 0 ? 'suppress' : 'lift'));
    await Promise.all(wishes.map(does));
    expect(await isSuppressed()).toBe((await types()).at(-1) === 'CustomerSuppressed');
  });

  it('change nothing where nobody is suppressed', async () => {
    await does('lift');
    expect(await types()).toEqual([]);
    expect(await isSuppressed()).toBe(false);
  });
});
