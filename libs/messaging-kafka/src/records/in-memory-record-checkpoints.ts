import type { Cuts } from '@poinciana/event-sourcing';
import { StaleMemberError } from '@poinciana/messaging';
import type { RecordCheckpoints, RecordClaim, RecordDeadLetter } from './record-checkpoints.js';

/** The twin for tests. */
export class InMemoryRecordCheckpoints implements RecordCheckpoints {
  private readonly partitions = new Map<string, RecordClaim>();
  private readonly dead = new Map<string, RecordDeadLetter>();

  constructor(private readonly cuts?: Cuts) {}

  /** `<partition>/<offset> <code>`, in the order of places. */
  deadLettersOf(topic: string): readonly string[] {
    const own = [...this.dead].filter(([place]) => place.startsWith(`${topic}/`));
    return own.map(([place, { code }]) => `${place.slice(topic.length + 1)} ${code}`);
  }

  async claim(topic: string, partition: number): Promise<RecordClaim> {
    const known = this.partitions.get(`${topic}/${partition}`) ?? { fence: 0, next: 0, begunThrough: 0 };
    const claim = { ...known, fence: known.fence + 1 };
    this.partitions.set(`${topic}/${partition}`, claim);
    return claim;
  }

  async begin(topic: string, partition: number, fence: number, through: number): Promise<void> {
    const held = this.held(topic, partition, fence);
    this.partitions.set(`${topic}/${partition}`, { ...held, begunThrough: Math.max(held.begunThrough, through) });
    this.cuts?.pass('after a batch of records is begun');
  }

  async finish(
    topic: string,
    partition: number,
    fence: number,
    through: number,
    deadLetters: readonly RecordDeadLetter[],
  ): Promise<void> {
    this.cuts?.pass('before a batch of records is finished');
    const { begunThrough } = this.held(topic, partition, fence);
    this.partitions.set(`${topic}/${partition}`, {
      fence,
      next: through,
      begunThrough: Math.max(begunThrough, through),
    });
    for (const letter of deadLetters) this.dead.set(`${topic}/${partition}/${letter.offset}`, letter);
  }

  private held(topic: string, partition: number, fence: number): RecordClaim {
    const known = this.partitions.get(`${topic}/${partition}`);
    if (known?.fence !== fence) throw new StaleMemberError(`Another member reads partition ${partition} of ${topic}`);
    return known;
  }
}
