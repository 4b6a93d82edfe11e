import { type Position, START } from '@poinciana/event-sourcing';
import type { GroupProgress } from './event-bus.js';

/** How far one partition of a group is: everything up to there was handled. */
export interface PartitionPlace {
  readonly partition: number;
  readonly position: Position;
}

/**
 * The partitions whose stored place is behind the one that was known before it was read: a crash of the database took commits back, and what
 * they did with them.
 */
export function takenBack(known: readonly PartitionPlace[], stored: readonly PartitionPlace[]): readonly number[] {
  const numbers = new Map(stored.map(({ partition, position }) => [partition, position.number]));
  return known
    .filter(({ partition, position }) => (numbers.get(partition) ?? position.number) < position.number)
    .map(({ partition }) => partition);
}

/** How far a group is, from the places of its partitions and the head of the log. */
export function groupProgress(
  group: string,
  places: readonly PartitionPlace[],
  head: Position,
  state: GroupProgress['state'],
): GroupProgress {
  const lagOf = (position: Position): number => Math.max(0, head.number - position.number);
  const [first = START, ...others] = places.map(({ position }) => position);
  const position = others.reduce((least, one) => (one.number < least.number ? one : least), first);
  const partitions = places.map((place) => ({ partition: place.partition, lag: lagOf(place.position) }));
  return { group, position, lag: lagOf(position), partitions, state };
}
