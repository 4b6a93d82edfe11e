import { describe, expect, test } from '@jest/globals';
import { TransientError } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import { type FlowParticipant, unknownParticipant } from '../src/domain/flow-participant.js';
import type { CatchUps } from '../src/storage/catch-ups.js';
import type { Participants } from '../src/storage/participants.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const CAMPAIGN = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const LEASE_MS = 60_000;

/** An adapter, empty, and how what it wants to write gets written. */
export interface StorageUnderTest<Storage> {
  readonly storage: Storage;
  run(write: StateWrite<never>): Promise<void>;
}

function idOf(number: number): string {
  return `8a1f7c1e-0b51-4b57-8a44-${String(number).padStart(12, '0')}`;
}

function person(number: number, marks: readonly number[] = [], workspace = OURS): FlowParticipant {
  return {
    ...unknownParticipant(idOf(number)),
    workspace,
    campaignId: CAMPAIGN,
    phase: 'living',
    seen: {
      values: { name: 'Łucja "Ł" 王', amount: 1.5, paid: false, note: null },
      openCommunications: [],
      sentNames: [],
    },
    marks: marks.map((at) => ({
      eventId: idOf(at),
      number: at,
      trigger: at % 2 === 0 ? 'participant-created' : 'communication-ended',
      correlation: idOf(at),
      hop: 0,
    })),
  };
}

export function participantsConformance(
  name: string,
  empty: () => Promise<StorageUnderTest<Participants<never>>>,
): void {
  describe(`${name} keeps participants`, () => {
    test('and gives them back as they were, in the order asked, unknown where there is none', async () => {
      const { storage, run } = await empty();
      await run(
        storage.write([
          { participant: person(1), version: 0 },
          { participant: person(2, [4]), version: 0 },
        ]),
      );
      expect(await storage.read([idOf(2), idOf(3), idOf(1)])).toEqual([
        { participant: person(2, [4]), version: 1 },
        { participant: unknownParticipant(idOf(3)), version: 0 },
        { participant: person(1), version: 1 },
      ]);
      expect(await storage.read([])).toEqual([]);
    });

    test('against the version that was read: who read an older one writes nothing at all', async () => {
      const { storage, run } = await empty();
      await run(storage.write([{ participant: person(1), version: 0 }]));
      const stale = storage.write([
        { participant: person(2), version: 0 },
        { participant: person(1, [4]), version: 0 },
      ]);
      await expect(run(stale)).rejects.toThrow(TransientError);
      expect(await storage.read([idOf(1), idOf(2)])).toMatchObject([
        { version: 1, participant: { marks: [] } },
        { version: 0 },
      ]);
    });

    test('outside of a batch: what others moved is left alone, the rest is written', async () => {
      const { storage, run } = await empty();
      await run(storage.write([{ participant: person(1), version: 0 }]));
      expect(
        await storage.writeUnmoved([
          { participant: person(1, [4]), version: 0 },
          { participant: person(2), version: 0 },
        ]),
      ).toBe(1);
      expect(await storage.read([idOf(1), idOf(2)])).toMatchObject([
        { version: 1, participant: { marks: [] } },
        { version: 1 },
      ]);
      expect(await storage.writeUnmoved([])).toBe(0);
    });

    test('and finds those who wait for a Start, the longest first', async () => {
      const { storage, run } = await empty();
      const people = [person(1, [30, 31]), person(2, [10]), person(3), person(4, [50])];
      await run(storage.write(people.map((participant) => ({ participant, version: 0 }))));
      const marked = await storage.readMarked(CAMPAIGN, { after: 0, before: 50 }, 10);
      expect(marked.map(({ participant }) => participant.id)).toEqual([idOf(2), idOf(1)]);
      expect(await storage.readMarked(CAMPAIGN, { after: 0, before: 50 }, 1)).toHaveLength(1);
      expect(await storage.countMarked(CAMPAIGN, 50)).toBe(2);
      expect(await storage.countMarked(idOf(9), 50)).toBe(0);
    });

    test('and counts who waits with what, in one workspace only', async () => {
      const { storage, run } = await empty();
      const people = [person(1, [30, 31]), person(2, [10]), person(3, [11]), person(4, [50], THEIRS)];
      await run(storage.write(people.map((participant) => ({ participant, version: 0 }))));
      expect(await storage.countWaiting(OURS, CAMPAIGN)).toEqual({ participantsCreated: 2, communicationsEnded: 2 });
      expect(await storage.countWaiting(THEIRS, CAMPAIGN)).toEqual({ participantsCreated: 1, communicationsEnded: 0 });
    });
  });
}

export function catchUpsConformance(name: string, empty: () => Promise<StorageUnderTest<CatchUps<never>>>): void {
  const start = (generation: number, number: number) => ({ campaignId: CAMPAIGN, workspace: OURS, generation, number });

  describe(`${name} keeps what Starts have left to do`, () => {
    test('each once, the oldest first, not before everybody has read so far', async () => {
      const { storage, run } = await empty();
      await run(storage.add([start(2, 20), start(1, 10)]));
      await run(storage.add([start(1, 10)]));
      expect(await storage.lease(9, LEASE_MS)).toBeUndefined();
      const held = await storage.lease(20, LEASE_MS);
      expect(held).toMatchObject({ generation: 1, number: 10, campaignId: CAMPAIGN, workspace: OURS });
      if (held === undefined) return;
      expect(await storage.progressed(held, { total: 5, done: 5, finished: true }, LEASE_MS)).toBe(true);
      expect(await storage.lease(20, LEASE_MS)).toMatchObject({ generation: 2 });
      expect(await storage.of(OURS, CAMPAIGN)).toEqual([
        { generation: 2, done: 0, finished: false },
        { generation: 1, total: 5, done: 5, finished: true },
      ]);
      expect(await storage.of(THEIRS, CAMPAIGN)).toEqual([]);
    });

    test('with the total that was found once, and refuses who lost the lease', async () => {
      const { storage, run } = await empty();
      await run(storage.add([start(1, 10)]));
      const first = await storage.lease(10, 0);
      if (first === undefined) throw new Error('There is something to do');
      await storage.progressed(first, { total: 5, done: 1, finished: false }, -1);
      const second = await storage.lease(10, LEASE_MS);
      expect(second).toMatchObject({ total: 5 });
      expect(await storage.progressed(first, { total: 5, done: 2, finished: false }, LEASE_MS)).toBe(false);
    });
  });
}
