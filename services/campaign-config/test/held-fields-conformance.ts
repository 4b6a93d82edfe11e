import { describe, expect, test } from '@jest/globals';
import type { StateWrite } from '@poinciana/messaging';
import type { HeldFields } from '../src/storage/held-fields.js';
import type { RunningCampaigns } from '../src/storage/running-campaigns.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const ONE = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const OTHER = '7a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';

/** An adapter, empty, and how what it wants to write gets written. */
export interface HeldFieldsUnderTest {
  readonly heldFields: HeldFields<never>;
  run(write: StateWrite<never>): Promise<void>;
}

export function heldFieldsConformance(name: string, empty: () => Promise<HeldFieldsUnderTest>): void {
  test(`${name} knows the fields that were filled, each once, of one campaign and workspace`, async () => {
    const { heldFields, run } = await empty();
    const batch = [
      { campaignId: ONE, workspace: OURS, fields: ['amount', 'due_date'] },
      { campaignId: OTHER, workspace: THEIRS, fields: ['amount'] },
    ];
    await run(heldFields.fill(batch));
    await run(heldFields.fill(batch));
    await run(heldFields.fill([{ campaignId: ONE, workspace: OURS, fields: ['_a', 'Z'] }]));
    await run(heldFields.fill([]));
    expect(await heldFields.of(OURS, ONE)).toEqual(['Z', '_a', 'amount', 'due_date']);
    expect(await heldFields.of(THEIRS, ONE)).toEqual([]);
    expect(await heldFields.of(THEIRS, OTHER)).toEqual(['amount']);
    expect(await heldFields.of(OURS, OTHER)).toEqual([]);
  });
}

export function runningCampaignsConformance(name: string, empty: () => Promise<RunningCampaigns>): void {
  describe(`${name} knows the running campaigns`, () => {
    test('of each workspace apart, each once', async () => {
      const running = await empty();
      await running.add(OURS, [OTHER, ONE]);
      await running.add(OURS, [ONE]);
      await running.add(THEIRS, []);
      expect(await running.of(OURS)).toEqual([ONE, OTHER]);
      expect(await running.of(THEIRS)).toEqual([]);
      await running.remove([ONE]);
      await running.remove([]);
      expect(await running.of(OURS)).toEqual([OTHER]);
    });
  });
}
