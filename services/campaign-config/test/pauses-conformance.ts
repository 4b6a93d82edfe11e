import { describe, expect, test } from '@jest/globals';
import type { StateWrite } from '@poinciana/messaging';
import type { Gone, PauseChanges, WaitingParticipant } from '../src/domain/pause-changes.js';
import { NOTHING_WAITS, type PauseCounts, type Pauses } from '../src/storage/pauses.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const CAMPAIGN = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const OTHER = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const NOW = '2026-11-21T18:00:00.000Z';
const NOTHING: PauseChanges = { deleted: [], waiting: [], planned: [], settled: [] };

const idOf = (number: number): string => `8a1f7c1e-0b51-4b57-8a44-${String(number).padStart(12, '0')}`;

const gone = (number: number): Gone => ({ id: idOf(number), campaignId: CAMPAIGN });

function waits(number: number, change: Partial<WaitingParticipant>): WaitingParticipant {
  const nobody = { generation: 0, created: false, ended: false };
  return { participantId: idOf(number), campaignId: CAMPAIGN, workspace: OURS, ...nobody, ...change };
}

function planned(number: number, windowEnd: string, workspace = OURS, campaignId = CAMPAIGN) {
  return { communicationId: idOf(number), campaignId, workspace, windowEnd };
}

/** An adapter, empty, and how what it wants to write gets written. */
export interface PausesUnderTest {
  readonly pauses: Pauses<never>;
  run(write: StateWrite<never>): Promise<void>;
}

export function pausesConformance(name: string, empty: () => Promise<PausesUnderTest>): void {
  const told = async (batches: readonly Partial<PauseChanges>[]) => {
    const { pauses, run } = await empty();
    for (const batch of batches) await run(pauses.write({ ...NOTHING, ...batch }));
    return (generation: number, change: { readonly workspace?: string; readonly campaignId?: string } = {}) =>
      pauses.counts({ workspace: OURS, campaignId: CAMPAIGN, generation, now: NOW, ...change });
  };
  const counts = (change: Partial<PauseCounts>): PauseCounts => ({ ...NOTHING_WAITS, ...change });

  describe(`${name} counts`, () => {
    test('everybody once, by what waits, however often it is told', async () => {
      const batch = { waiting: [waits(1, { created: true }), waits(2, { created: true }), waits(3, { ended: true })] };
      const countsOf = await told([batch, { waiting: [waits(2, { ended: true })] }, batch, {}]);
      expect(await countsOf(0)).toEqual(counts({ people: 3, participantsCreated: 2, communicationsEnded: 2 }));
    });

    test('each pause by itself: who waits again leaves the one before', async () => {
      const countsOf = await told([
        { waiting: [waits(1, { created: true }), waits(2, { created: true })] },
        { waiting: [waits(1, { ended: true, generation: 1 })] },
        { waiting: [waits(1, { created: true })] },
      ]);
      expect(await countsOf(1)).toEqual(counts({ people: 1, communicationsEnded: 1 }));
      expect(await countsOf(0)).toEqual(counts({ people: 1, participantsCreated: 1 }));
    });

    test('nobody who was deleted, and who came again anew', async () => {
      const both = { waiting: [waits(1, { created: true, ended: true }), waits(2, { created: true, ended: true })] };
      const countsOf = await told([
        both,
        { deleted: [gone(1), gone(2)], waiting: [waits(2, { created: true })] },
        { deleted: [gone(9)] },
      ]);
      expect(await countsOf(0)).toEqual(counts({ people: 1, participantsCreated: 1 }));
    });

    test('what is overdue at an instant: not what has time left, was sent, or was planned anew', async () => {
      const batch = {
        planned: [
          planned(1, NOW),
          planned(2, '2026-11-21T18:00:00.001Z'),
          planned(3, '2026-11-20T18:00:00.000Z'),
          planned(4, '2026-11-20T18:00:00.000Z'),
        ],
      };
      const countsOf = await told([
        batch,
        { planned: [planned(3, '2026-11-22T18:00:00.000Z')], settled: [gone(4), gone(9)] },
      ]);
      expect(await countsOf(0)).toEqual(counts({ communicationsOverdue: 1 }));
    });

    test('what waits to be sent, overdue or not', async () => {
      const { pauses, run } = await empty();
      const later = '2026-11-22T18:00:00.000Z';
      await run(pauses.write({ ...NOTHING, planned: [planned(1, NOW), planned(2, later), planned(3, later)] }));
      await run(pauses.write({ ...NOTHING, planned: [planned(4, later, THEIRS, OTHER)], settled: [gone(3)] }));
      expect(await pauses.planned(OURS, CAMPAIGN)).toBe(2);
      expect(await pauses.planned(THEIRS, CAMPAIGN)).toBe(0);
      expect(await pauses.planned(THEIRS, OTHER)).toBe(1);
    });

    test('of one campaign of one workspace', async () => {
      const waiting = [waits(1, { created: true }), waits(2, { created: true, workspace: THEIRS, campaignId: OTHER })];
      const countsOf = await told([{ waiting, planned: [planned(1, NOW), planned(2, NOW, THEIRS, OTHER)] }]);
      expect(await countsOf(0, { workspace: THEIRS })).toEqual(NOTHING_WAITS);
      expect(await countsOf(0, { campaignId: OTHER })).toEqual(NOTHING_WAITS);
      const theirs = counts({ people: 1, participantsCreated: 1, communicationsOverdue: 1 });
      expect(await countsOf(0, { workspace: THEIRS, campaignId: OTHER })).toEqual(theirs);
    });
  });
}
