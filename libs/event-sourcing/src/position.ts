/** A place in the log: the shard, and the number of the event in it, counted from 1. Number 0 is before the first event. */
export interface Position {
  readonly shard: number;
  readonly number: number;
}

/** The place before every event. Today there is shard 0 only. */
export const START: Position = { shard: 0, number: 0 };

/** Renders a position as others see it: `<shard>:<number>`. */
export function formatPosition(position: Position): string {
  return `${position.shard}:${position.number}`;
}

/** Reads what `formatPosition` wrote; `undefined` for anything else. */
export function parsePosition(text: string): Position | undefined {
  const match = /^(\d{1,4}):(\d{1,15})$/.exec(text);
  return match ? { shard: Number(match[1]), number: Number(match[2]) } : undefined;
}
