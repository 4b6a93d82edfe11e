import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint, CheckpointStore, Fence } from '@poinciana/messaging';
import type { KafkaConnection } from '../client/kafka-client.js';
import { LostRecordsError } from '../errors.js';
import { offsetRanges, type LogTopic, type OffsetRange } from '../log-topic.js';

const LOOKS_MAX = 5;
const LOOK_MS = 1_000;

/** Where a claimed partition begins. */
export interface PartitionStart {
  readonly fence: Fence;
  readonly checkpoint: Checkpoint;
  readonly offset: number;
}

/**
 * Takes partitions, whoever held them, and finds where each begins. Throws `LostRecordsError` when the topic does not have
 * what a checkpoint goes on from.
 */
export async function takePartitions(
  group: string,
  partitions: readonly number[],
  checkpoints: CheckpointStore<never>,
  connection: KafkaConnection,
  topic: LogTopic,
): Promise<readonly PartitionStart[]> {
  const fences = await checkpoints.take(group, partitions);
  const stored = await checkpoints.load(group, partitions);
  for (let look = 1; ; look += 1) {
    const ranges = await offsetRanges(connection, topic);
    const starts = stored.map((checkpoint) => startOf(checkpoint, ranges, fences));
    const lost = starts.find((start) => typeof start === 'string');
    if (lost === undefined) return starts.filter((start) => typeof start !== 'string');
    // A partition whose leader has just changed may name an end that is too early for a moment.
    if (look === LOOKS_MAX) throw new LostRecordsError(`The group ${group} cannot go on in ${topic.name}: ${lost}`);
    await sleep(LOOK_MS);
  }
}

/** A sentence when the topic does not have it. */
function startOf(
  checkpoint: Checkpoint,
  ranges: ReadonlyMap<number, OffsetRange>,
  fences: readonly Fence[],
): PartitionStart | string {
  const { partition, cursor } = checkpoint;
  const range = ranges.get(partition);
  const fence = fences.find((one) => one.partition === partition);
  if (range === undefined || fence === undefined) return `partition ${partition} is not there.`;
  const offset = cursor === undefined ? range.low : Number(cursor);
  if (offset > range.high) {
    return (
      `its checkpoint of partition ${partition} is offset ${offset}, beyond the end ${range.high}. ` +
      'The topic was made anew or lost records; a topic must never be made again under the same name.'
    );
  }
  if (offset < range.low) {
    return (
      `its checkpoint of partition ${partition} is offset ${offset}, and retention has removed everything before ` +
      `${range.low}. Rebuild this consumer from the log.`
    );
  }
  return { fence, checkpoint, offset };
}
