import { setTimeout as pause } from 'node:timers/promises';
import type { KafkaCluster } from '@poinciana/testing';

const LOOK_MS = 1_000;
/** Seen missing so often in a row it is gone, and not just being ended by somebody. */
const MISSED_MAX = 2;
const NODE = 1;

/** Starts the broker again whenever it is gone, until `stopping`. */
export async function keepBrokerRunning(
  kafka: KafkaCluster,
  complain: (sentence: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  for (let missed = 0; !stopping.aborted;) {
    await pause(LOOK_MS, undefined, { ref: false });
    if (stopping.aborted) return;
    missed = (await kafka.pidOf(NODE)) === undefined ? missed + 1 : 0;
    if (missed < MISSED_MAX || stopping.aborted) continue;
    complain('The Kafka broker is gone and is started again.');
    await kafka.start(NODE);
    complain('The Kafka broker is back.');
  }
}
