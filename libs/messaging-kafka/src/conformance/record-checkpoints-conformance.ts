import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { StaleMemberError } from '@poinciana/messaging';
import type { RecordCheckpoints } from '../records/record-checkpoints.js';

/** Checkpoints, and the dead letters of a topic as they lie there: `<partition>/<offset> <code>`. */
export interface RecordCheckpointsHarness {
  readonly checkpoints: RecordCheckpoints;
  deadLetters(topic: string): Promise<readonly string[]>;
}

/** What every keeper of the places of a reader holds. */
export function recordCheckpointsConformance(name: string, open: () => Promise<RecordCheckpointsHarness>): void {
  describe(`${name} as the checkpoints of a reader of records`, () => {
    let harness: RecordCheckpointsHarness;
    let checkpoints: RecordCheckpoints;
    let topic: string;
    beforeEach(async () => {
      harness = await open();
      checkpoints = harness.checkpoints;
      topic = `topic.${randomUUID()}`;
    });

    test('the first claim begins at the first record, each partition by itself', async () => {
      expect(await checkpoints.claim(topic, 3)).toEqual({ fence: 1, next: 0, begunThrough: 0 });
      expect(await checkpoints.claim(topic, 4)).toEqual({ fence: 1, next: 0, begunThrough: 0 });
      expect(await checkpoints.claim(`${topic}.other`, 3)).toEqual({ fence: 1, next: 0, begunThrough: 0 });
    });

    test('whoever claims next learns what is done and what was begun', async () => {
      const { fence } = await checkpoints.claim(topic, 0);
      await checkpoints.begin(topic, 0, fence, 10);
      await checkpoints.finish(topic, 0, fence, 10, []);
      await checkpoints.begin(topic, 0, fence, 25);
      expect(await checkpoints.claim(topic, 0)).toEqual({ fence: fence + 1, next: 10, begunThrough: 25 });
      await checkpoints.begin(topic, 0, fence + 1, 12);
      await checkpoints.finish(topic, 0, fence + 1, 12, []);
      expect(await checkpoints.claim(topic, 0)).toEqual({ fence: fence + 2, next: 12, begunThrough: 25 });
    });

    test('whoever lost the partition can neither begin nor finish', async () => {
      const { fence } = await checkpoints.claim(topic, 0);
      const next = await checkpoints.claim(topic, 0);
      const letter = { offset: 1, code: 'not_json', reason: 'It is none.' };
      await expect(checkpoints.begin(topic, 0, fence, 5)).rejects.toThrow(StaleMemberError);
      await expect(checkpoints.finish(topic, 0, fence, 5, [letter])).rejects.toThrow(StaleMemberError);
      expect(await harness.deadLetters(topic)).toEqual([]);
      await checkpoints.begin(topic, 0, next.fence, 5);
    });

    test('a dead letter is kept once, whoever it belongs to, and comes with the place behind it', async () => {
      const { fence } = await checkpoints.claim(topic, 0);
      const letters = [
        { offset: 1, code: 'not_json', reason: 'It is none.' },
        { offset: 4, workspace: randomUUID(), code: 'no_value', reason: 'It has none.' },
      ];
      await checkpoints.finish(topic, 0, fence, 5, letters);
      const again = await checkpoints.claim(topic, 0);
      await checkpoints.finish(topic, 0, again.fence, 5, letters);
      expect(await harness.deadLetters(topic)).toEqual(['0/1 not_json', '0/4 no_value']);
      expect(await checkpoints.claim(topic, 0)).toMatchObject({ next: 5, begunThrough: 5 });
    });
  });
}
