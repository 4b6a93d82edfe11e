/** The topic has another number of partitions than is configured. Fatal: keys would change their partition and lose their order. */
export class TopicPartitionsError extends Error {
  override readonly name = 'TopicPartitionsError';
  constructor(
    readonly topic: string,
    readonly found: number,
    readonly configured: number,
  ) {
    super(
      `The topic ${topic} has ${found} partitions and is configured for ${configured}; the number is fixed for ever, ` +
        'so this process must not go on. Correct the setting, or bring the topic back as it was.',
    );
  }
}

/** The records of the topic carry the time that their writers say. Fatal: a token that ran out would be taken for one of its time. */
export class TopicStampError extends Error {
  override readonly name = 'TopicStampError';
  constructor(topic: string) {
    super(`The topic ${topic} must have message.timestamp.type=LogAppendTime: set it, and start again.`);
  }
}

/** The topic is not there, and nobody made it in time. */
export class TopicMissingError extends Error {
  override readonly name = 'TopicMissingError';
  constructor(topic: string) {
    super(`The topic ${topic} does not exist; the event relay makes it when it starts.`);
  }
}

/** What the checkpoint of a group needs is not in the topic. Fatal: going on would skip events without a word. */
export class LostRecordsError extends Error {
  override readonly name = 'LostRecordsError';
}

/** A record that no relay wrote. */
export class ForeignRecordError extends Error {
  override readonly name = 'ForeignRecordError';
}

/** The consumer ended for a reason that no repetition heals. */
export class ConsumerCrashError extends Error {
  override readonly name = 'ConsumerCrashError';
}
