import { describe, expect, it } from '@jest/globals';
import { account, type AccountCommand, type AccountEvent, context, opened, paidIn } from '../../test/account.js';
import { newStream } from '../conformance/sample-events.js';
import { derivedId } from '../derived-id.js';
import { readStream, type StreamWrite } from '../event-store.js';
import { InMemoryEventStore } from '../in-memory/in-memory-event-store.js';
import { START } from '../position.js';
import { repeatUntilThrough, underAllCuts } from '../testing/index.js';
import { Upcasters } from '../upcasters.js';
import { type CommandExecution, executeCommand } from './execute-command.js';
import { toNewEvents } from './new-events.js';

/** A store into which somebody else appends just before an append of ours, as often as told. */
class InterruptedStore extends InMemoryEventStore {
  constructor(private readonly interruptions: (() => StreamWrite)[]) {
    super();
  }

  override async append(writes: readonly StreamWrite[]) {
    const next = this.interruptions.shift();
    if (next !== undefined) await super.append([next()]);
    return super.append(writes);
  }
}

const open: AccountCommand = { type: 'OpenAccount', owner: 'Anna' };
const payIn: AccountCommand = { type: 'PayIn', amount: 5 };

function execution(
  stream: string,
  command: AccountCommand,
  commandId: string,
  more: Partial<CommandExecution<AccountCommand>> = {},
): CommandExecution<AccountCommand> {
  return { stream, command, context, commandId, ...more };
}

function othersWrite(
  stream: string,
  commandId: string,
  expectedRevision: number,
  ...events: readonly AccountEvent[]
): StreamWrite {
  return { stream, expectedRevision, events: toNewEvents(context, commandId, stream, events) };
}

describe.each(['stream', 'last'] as const)('executing a command that reads the %s', (read) => {
  it('decides on the state, and answers with what is now so', async () => {
    const store = new InMemoryEventStore();
    const stream = newStream('account');
    await executeCommand(store, account, execution(stream, open, 'one', { read }));
    await executeCommand(store, account, execution(stream, payIn, 'two', { read }));
    const result = await executeCommand(
      store,
      account,
      execution(stream, { type: 'PayInTwice', amount: 1 }, 'three', { read }),
    );
    expect(result).toMatchObject({
      state: { open: true, balance: 7 },
      position: { shard: 0, number: 4 },
      events: [paidIn(1, 6), paidIn(1, 7)],
    });
    expect(result.events.map(({ id }) => id)).toEqual([derivedId('three', stream, 0), derivedId('three', stream, 1)]);
    expect(await readStream(store, stream)).toMatchObject(
      [opened, paidIn(5, 5), paidIn(1, 6), paidIn(1, 7)].map((event) => ({ ...context, ...event })),
    );
  });

  it('writes nothing for a refusal or for what was already obeyed', async () => {
    const store = new InMemoryEventStore();
    const stream = newStream('account');
    await expect(executeCommand(store, account, execution(stream, payIn, 'one', { read }))).rejects.toMatchObject({
      code: 'accountNotFound',
    });
    expect(await store.head()).toEqual(START);
    await executeCommand(store, account, execution(stream, open, 'two', { read }));
    const again = await executeCommand(store, account, execution(stream, open, 'three', { read }));
    expect(again).toEqual({ state: { open: true, balance: 0 }, position: { shard: 0, number: 1 }, events: [] });
  });

  it('decides again on what others wrote meanwhile', async () => {
    const stream = newStream('account');
    const store = new InterruptedStore([
      () => othersWrite(stream, 'other', -1, opened),
      () => othersWrite(stream, 'other again', 0, paidIn(1, 1), paidIn(2, 3)),
    ]);
    await executeCommand(store, account, execution(stream, open, 'one', { read }));
    const result = await executeCommand(store, account, execution(stream, payIn, 'two', { read }));
    expect(result).toMatchObject({ state: { balance: 8 }, events: [paidIn(5, 8)] });
    expect(await readStream(store, stream)).toHaveLength(4);
  });

  it('folds the stored events, not the repeated decision, when the append is replayed', async () => {
    const stream = newStream('account');
    const store = new InterruptedStore([
      () => ({ ...othersWrite(stream, 'none', 0, paidIn(1, 1)), expectedRevision: 0 }),
      () => othersWrite(stream, 'two', 0, paidIn(100, 100)),
    ]);
    await executeCommand(store, account, execution(stream, open, 'one', { read }));
    const result = await executeCommand(store, account, execution(stream, payIn, 'two', { read }));
    expect(result).toMatchObject({ state: { balance: 100 }, position: { number: 2 }, events: [paidIn(100, 100)] });
  });

  it('does not obey a command twice', async () => {
    const store = new InMemoryEventStore();
    const stream = newStream('account');
    await executeCommand(store, account, execution(stream, open, 'one', { read }));
    const first = await executeCommand(store, account, execution(stream, payIn, 'two', { read }));
    const second = await executeCommand(store, account, execution(stream, payIn, 'two', { read }));
    expect(second).toMatchObject(first);
    expect(await readStream(store, stream)).toHaveLength(2);
  });

  it('does not obey a command of several events twice', async () => {
    const store = new InMemoryEventStore();
    const stream = newStream('account');
    const payInTwice: AccountCommand = { type: 'PayInTwice', amount: 5 };
    await executeCommand(store, account, execution(stream, open, 'one', { read }));
    const first = await executeCommand(store, account, execution(stream, payInTwice, 'two', { read }));
    const second = await executeCommand(store, account, execution(stream, payInTwice, 'two', { read, attemptsMax: 1 }));
    expect(second).toMatchObject(first);
    expect(await readStream(store, stream)).toHaveLength(3);
  });

  it('gives up within its bound when the stream moves all the time', async () => {
    const stream = newStream('account');
    const interruptions = [-1, 0, 1, 2].map(
      (revision) => () =>
        othersWrite(stream, `other ${revision}`, revision, revision < 0 ? opened : paidIn(1, revision + 1)),
    );
    const store = new InterruptedStore(interruptions);
    await store.append([othersWrite(newStream('account'), 'first', -1, opened)]);
    const execute = executeCommand(store, account, execution(stream, payIn, 'one', { read, attemptsMax: 3 }));
    await expect(execute).rejects.toMatchObject({ code: 'conflict', kind: 'conflict' });
    expect(await readStream(store, stream)).toHaveLength(4);
  });

  it('leads to the same stream under all cuts', async () => {
    const stream = newStream('account');
    const cutsTried = await underAllCuts(async (cuts) => {
      const store = new InMemoryEventStore(cuts);
      for (const [commandId, command] of Object.entries({ one: open, two: payIn })) {
        await repeatUntilThrough(() => executeCommand(store, account, execution(stream, command, commandId, { read })));
      }
      expect(await readStream(store, stream)).toMatchObject([opened, paidIn(5, 5)]);
    });
    expect(cutsTried).toBe(4);
  });
});

describe('executing a command on old events', () => {
  it('shows the decider their newest shape', async () => {
    const store = new InMemoryEventStore();
    const stream = newStream('account');
    const old = { type: 'Opened', data: { money: 3 } };
    await store.append([{ stream, expectedRevision: -1, events: toNewEvents(context, 'old', stream, [old]) }]);
    const upcasters = new Upcasters({ Opened: () => ({ type: 'AccountOpened', data: { balance: 3 } }) });
    const result = await executeCommand(store, account, execution(stream, payIn, 'one', { upcasters }));
    expect(result.state).toEqual({ open: true, balance: 8 });
  });
});
