/**
 * Which inbound session of an address on a channel is the newest, by its number. Rows are hints: a number that is too small costs
 * a look, never a second session. Throws `TransientError` when the database is away.
 */
export abstract class InboundNumbers {
  /** By address key; 0 where nothing is known. */
  abstract of(addressKeys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** A smaller number never overwrites a greater one. */
  abstract raise(numbers: ReadonlyMap<string, number>): Promise<void>;
}
