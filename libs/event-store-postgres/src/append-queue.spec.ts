import { describe, expect, it } from '@jest/globals';
import {
  APPEND_EVENTS_MAX,
  type AppendOutcome,
  checkWrites,
  type CheckedWrite,
  NO_STREAM,
  TransientError,
} from '@poinciana/event-sourcing';
import { newStream, payloadOf, sampleEvent, sampleEvents } from '@poinciana/event-sourcing/conformance';
import { AppendQueue, CALL_CHARACTERS_MAX, WAITING_EVENTS_MAX } from './append-queue.js';

/** Stands in for the database: remembers the calls and ends each when told. */
class Calls {
  readonly calls: (readonly CheckedWrite[])[] = [];
  private readonly open: { readonly end: () => void; readonly fail: (error: Error) => void }[] = [];

  readonly run = (writes: readonly CheckedWrite[]): Promise<readonly AppendOutcome[]> => {
    this.calls.push(writes);
    return new Promise((resolve, reject) => {
      const position = { shard: 0, number: this.calls.length };
      const outcomes = writes.map(
        ({ events }) => ({ outcome: 'appended', revision: events.length - 1, position }) as const,
      );
      this.open.push({ end: () => resolve(outcomes), fail: reject });
    });
  };

  async end(error?: Error): Promise<void> {
    const call = this.open.shift();
    if (call === undefined) throw new Error('No call is under way');
    if (error === undefined) call.end();
    else call.fail(error);
    await turn();
  }

  get sizes(): readonly number[] {
    return this.calls.map((writes) => writes.length);
  }
}

/** Lets everything happen that can. */
async function turn(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

const writeTo = (stream: string, events = sampleEvents(1)): readonly CheckedWrite[] =>
  checkWrites([{ stream, expectedRevision: NO_STREAM, events }]);

function newQueue(callsMax = 1) {
  const calls = new Calls();
  return { calls, queue: new AppendQueue(calls.run, callsMax) };
}

describe('the queue of appends', () => {
  it('appends together what came in one turn, and what waited', async () => {
    const { calls, queue } = newQueue();
    const first = [1, 2, 3].map(() => queue.add(writeTo(newStream())));
    await turn();
    const second = [1, 2, 3, 4].map(() => queue.add(writeTo(newStream(), sampleEvents(2))));
    await turn();
    expect(calls.sizes).toEqual([3]);
    await calls.end();
    expect(calls.sizes).toEqual([3, 4]);
    await calls.end();
    expect((await Promise.all(first)).flat().map(({ revision }) => revision)).toEqual([0, 0, 0]);
    expect((await Promise.all(second)).flat().map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
  });

  it('keeps appends to one stream apart and in order, also over calls at the same time, and lets others overtake', async () => {
    const { calls, queue } = newQueue(2);
    const [one, other, third] = [newStream(), newStream(), newStream()];
    const answers = [one, one, other, one].map((stream) => queue.add(writeTo(stream)));
    await turn();
    answers.push(queue.add(writeTo(third)));
    await turn();
    expect(calls.calls.map((writes) => writes.map(({ stream }) => stream))).toEqual([[one, other], [third]]);
    for (let call = 0; call < 4; call += 1) await calls.end();
    expect(calls.calls.slice(2).map((writes) => writes.map(({ stream }) => stream))).toEqual([[one], [one]]);
    expect(await Promise.all(answers)).toHaveLength(5);
  });

  it('does not put more into a call than fits', async () => {
    const { calls, queue } = newQueue();
    const many = Array.from({ length: 3 }, () => queue.add(writeTo(newStream(), sampleEvents(APPEND_EVENTS_MAX / 2))));
    await turn();
    expect(calls.sizes).toEqual([2]);
    await calls.end();
    await calls.end();
    const large = Array.from({ length: 3 }, () => {
      const events = Array.from({ length: 8 }, () => sampleEvent(0, { data: payloadOf(CALL_CHARACTERS_MAX / 16) }));
      return queue.add(writeTo(newStream(), events));
    });
    await turn();
    expect(calls.sizes).toEqual([2, 1, 1]);
    for (let call = 0; call < 3; call += 1) await calls.end();
    expect(await Promise.all([...many, ...large])).toHaveLength(6);
  });

  it('keeps appends to one stream in order, also when they must wait outside', async () => {
    const { calls, queue } = newQueue();
    const stream = newStream();
    const full = WAITING_EVENTS_MAX / APPEND_EVENTS_MAX;
    const answers = [queue.add(writeTo(newStream(), sampleEvents(APPEND_EVENTS_MAX - 10)))];
    for (let added = 1; added < full; added += 1)
      answers.push(queue.add(writeTo(newStream(), sampleEvents(APPEND_EVENTS_MAX))));
    // There is room for the second of these, but not for the first.
    answers.push(queue.add(writeTo(stream, sampleEvents(20))), queue.add(writeTo(stream, sampleEvents(1))));
    await turn();
    for (let call = 0; call < full + 2; call += 1) await calls.end();
    const own = calls.calls.flat().filter((write) => write.stream === stream);
    expect(own.map(({ events }) => events.length)).toEqual([20, 1]);
    expect(await Promise.all(answers)).toHaveLength(full + 2);
  });

  it('takes in no more than its bound, and the rest when there is room', async () => {
    const { calls, queue } = newQueue();
    const events = sampleEvents(APPEND_EVENTS_MAX);
    const count = WAITING_EVENTS_MAX / APPEND_EVENTS_MAX + 3;
    const answers = Array.from({ length: count }, () => queue.add(writeTo(newStream(), events)));
    await turn();
    for (let call = 0; call < count; call += 1) {
      expect(queue.eventsWaiting).toBe(Math.min(WAITING_EVENTS_MAX, (count - call - 1) * APPEND_EVENTS_MAX));
      await calls.end();
    }
    expect(await Promise.all(answers)).toHaveLength(count);
    expect(calls.sizes).toEqual(Array.from({ length: count }, () => 1));
  });

  it('tells everybody of a call that the outcome is unknown, and goes on', async () => {
    const { calls, queue } = newQueue();
    const answers = [1, 2].map(() => queue.add(writeTo(newStream())));
    const settled = Promise.allSettled(answers);
    await turn();
    await calls.end(new TransientError('away'));
    expect(await settled).toMatchObject([
      { reason: { name: 'TransientError' } },
      { reason: { name: 'TransientError' } },
    ]);
    const next = queue.add(writeTo(newStream()));
    await turn();
    await calls.end();
    expect(await next).toHaveLength(1);
  });

  it('lets nobody pay for the fault of another', async () => {
    const { calls, queue } = newQueue();
    const settled = Promise.allSettled([1, 2].map(() => queue.add(writeTo(newStream()))));
    await turn();
    await calls.end(new Error('a bug'));
    await calls.end(new Error('a bug'));
    await calls.end();
    expect(calls.sizes).toEqual([2, 1, 1]);
    expect(await settled).toMatchObject([
      { status: 'rejected', reason: { message: 'a bug' } },
      { status: 'fulfilled' },
    ]);
  });
});
