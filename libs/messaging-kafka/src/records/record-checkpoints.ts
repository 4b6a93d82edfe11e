/** A right to read a partition, and where its reading stands. */
export interface RecordClaim {
  /** One higher with every claim. */
  readonly fence: number;
  /** The offset of the first record that is not done. */
  readonly next: number;
  /** Behind the last record of a batch that may have been begun; `next` when none was. */
  readonly begunThrough: number;
}

/** A record that nobody could read or handle. It stays in its topic until retention takes it; here is why it is left out. */
export interface RecordDeadLetter {
  readonly offset: number;
  /** Where it is known whose it is. */
  readonly workspace?: string;
  /** Stable. */
  readonly code: string;
  /** A sentence without a value of the record. */
  readonly reason: string;
}

/**
 * Where the reader of a topic of others keeps how far it is, partition by partition, in the database of whoever reads. A batch is begun
 * before it is handled, so that a repetition is cut where the first attempt was.
 *
 * `begin` and `finish` throw `StaleMemberError` when somebody has claimed the partition since; every method throws
 * `TransientError` when it cannot be reached.
 */
export interface RecordCheckpoints {
  claim(topic: string, partition: number): Promise<RecordClaim>;
  /** Notes that records up to before `through` are being handled. What was begun stays begun until it is done, though less be named. */
  begin(topic: string, partition: number, fence: number, through: number): Promise<void>;
  /** Notes that all records before `through` are done, and which of them are dead; what was begun behind them stays begun. */
  finish(
    topic: string,
    partition: number,
    fence: number,
    through: number,
    deadLetters: readonly RecordDeadLetter[],
  ): Promise<void>;
}
