import type { ForeignRecord, RecordBatch, RecordDeadLetter } from '@poinciana/messaging-kafka';
import { mayActAs, type TokenRules } from '@poinciana/service-kit';
import {
  INBOUND_BYTES_MAX,
  type InboundRecord,
  itemOf,
  poison,
  type PoisonCode,
  type Rejection,
} from '../domain/inbound-record.js';
import type { ImportedRecords, ImportInbound } from '../handlers/import-inbound.js';
import { InboundCallers } from './inbound-callers.js';

/** Tells other programs of records that added nobody. Repeated with the same records it tells the same. */
export interface RejectedRecords {
  tell(batch: RecordBatch, rejections: readonly Rejection[]): Promise<void>;
}

/** What became of records: one of the outcomes of an item, or `dead`. */
export type CountRecords = (outcome: string, records: number) => void;

/** Records in, people in the log, rejections told; the records that nobody can read are its dead letters. */
export class InboundConsumer {
  constructor(
    private readonly importInbound: ImportInbound,
    private readonly rejected: RejectedRecords,
    private readonly tokens: TokenRules,
    private readonly count: CountRecords,
  ) {}

  async handle(batch: RecordBatch): Promise<readonly RecordDeadLetter[]> {
    const callers = new InboundCallers(this.tokens);
    const read = await Promise.all(batch.records.map((record) => readRecord(record, callers)));
    const records = read.filter((one) => 'item' in one);
    const { topic, partition, mayBeRepeated } = batch;
    const keys = new Map(batch.records.map(({ offset, key }) => [offset, key?.toString('utf8')]));
    const imported = await this.importInbound.execute({
      topic,
      partition,
      records,
      keyOf: (offset) => keys.get(offset),
      mayBeRepeated,
    });
    const unread = read.filter((one) => 'code' in one);
    const rejections = [...unread, ...imported.rejections].sort((one, other) => one.offset - other.offset);
    if (rejections.length > 0) await this.rejected.tell(batch, rejections);
    const dead = rejections.filter(({ isPoison }) => isPoison).map(deadLetterOf);
    this.countAll(imported, dead.length, unread.length - dead.length);
    return dead;
  }

  private countAll({ outcomes }: ImportedRecords, dead: number, forbidden: number): void {
    for (const [outcome, records] of outcomes) this.count(outcome, records);
    if (forbidden > 0) this.count('failed', forbidden);
    if (dead > 0) this.count('dead', dead);
  }
}

async function readRecord(record: ForeignRecord, callers: InboundCallers): Promise<InboundRecord | Rejection> {
  const { offset, value } = record;
  const caller = await callers.of(record);
  if (caller === undefined) return poison('unauthorized', offset);
  const { workspace, role, subject } = caller;
  if (!mayActAs(role, 'manager')) return forbidden(offset, workspace);
  if (value === null) return poison('no_value', offset, workspace);
  if (value.length > INBOUND_BYTES_MAX) return poison('record_too_large', offset, workspace);
  const text = textOf(value);
  const item: InboundRecord['item'] | PoisonCode = text === undefined ? 'not_json' : itemOf(text);
  if (typeof item === 'string') return poison(item, offset, workspace);
  return { offset, workspace, actor: `user:${subject}`, item };
}

function textOf(value: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return undefined;
  }
}

function forbidden(offset: number, workspace: string): Rejection {
  const reason = 'Only a manager may add participants.';
  return { offset, workspace, code: 'forbidden', reason, isPoison: false, problems: [] };
}

function deadLetterOf({ offset, workspace, code, reason }: Rejection): RecordDeadLetter {
  return workspace === undefined ? { offset, code, reason } : { offset, workspace, code, reason };
}
