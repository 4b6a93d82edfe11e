import { LostRecordsError } from '../errors.js';
import type { OffsetRange } from '../log-topic.js';
import type { RecordCheckpoints, RecordClaim } from './record-checkpoints.js';

const RECORDS_LOST = 'records_lost';

/**
 * Claims a partition and holds its checkpoint against what the brokers have. Records that retention took before they were read are a
 * dead letter, and the reading goes on behind them. Throws `LostRecordsError` when the checkpoint lies beyond the end: the topic was made
 * anew, and the ids that follow from its offsets were given before.
 */
export async function claimPartition(
  checkpoints: RecordCheckpoints,
  topic: string,
  partition: number,
  { low, high }: OffsetRange = { low: 0, high: 0 },
): Promise<RecordClaim> {
  const claim = await checkpoints.claim(topic, partition);
  const { fence, next, begunThrough } = claim;
  if (Math.max(next, begunThrough) > high) {
    throw new LostRecordsError(
      `Partition ${partition} of ${topic} was read up to offset ${Math.max(next, begunThrough)}, beyond its end ${high}: it was ` +
        'made anew. Give the topic another name, or bring back the one that was there.',
    );
  }
  if (next >= low) return claim;
  const reason = `Retention took the records from offset ${next} to ${low - 1} before they were read.`;
  const isFirst = fence === 1;
  await checkpoints.finish(topic, partition, fence, low, isFirst ? [] : [{ offset: next, code: RECORDS_LOST, reason }]);
  if (begunThrough > low) await checkpoints.begin(topic, partition, fence, begunThrough);
  return { fence, next: low, begunThrough: Math.max(low, begunThrough) };
}
