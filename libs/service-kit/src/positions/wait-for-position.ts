import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '@poinciana/event-sourcing';
import type { GroupProgress } from '@poinciana/messaging';

/** How long a read waits for a write at most, unless told otherwise. */
export const WAIT_FOR_POSITION_MS = 2_000;
const POLL_MS = 20;

/** Where consumer groups are. Throws for a group that this process has no member of. */
export interface ProgressSource {
  progressOf(group: string): Promise<GroupProgress>;
}

/**
 * Waits until a group has handled everything up to a position, at most `timeoutMs`. Answers where the group is then, which
 * may be before the position: the reader gets what there is, and is told what it reflects.
 */
export async function waitForPosition(
  source: ProgressSource,
  group: string,
  position: Position,
  timeoutMs: number = WAIT_FOR_POSITION_MS,
): Promise<Position> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const reached = (await source.progressOf(group)).position;
    const isThere = reached.shard === position.shard && reached.number >= position.number;
    if (isThere || performance.now() >= deadline) return reached;
    await pause(POLL_MS);
  }
}
