import { DomainError } from '@poinciana/event-sourcing';
import { type ItemProblem, planFields, type ReadItem, unreadableItem } from '@poinciana/participant-file';
import { type Pace, parseBody, RequestRefusal } from '@poinciana/service-kit';
import { originsOfDoor } from '../domain/item-origin.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { readApiItem } from '../domain/read-api-item.js';
import { causeOf, type RequestAnswers } from '../storage/request-answers.js';
import type { ParticipantsRequest } from './add-participants.js';
import type { ItemBatch } from './item-batch.js';
import type { KnownCampaigns } from './known-campaigns.js';
import { LineBatches, type LineBatch } from './line-batches.js';
import type { UpsertParticipants } from './upsert-participants.js';

/** Stands for the body of a stream, which nobody has whole: the key is then not free for a list of items. */
const STREAMED = 'stream';

export interface ParticipantsStream extends Omit<ParticipantsRequest, 'body'> {
  /** One item a line, as JSON. */
  readonly content: AsyncIterable<Buffer>;
}

/** What became of the item of a line; lines count from 1. */
export type LineOutcome = ItemOutcome & { readonly line: number };

/**
 * The API's door for any number of items. They are taken and answered as they come, batch by batch, in order; what was answered
 * is stored. Sent again with the same Idempotency-Key, the same lines are answered the same and write nothing twice, wherever the
 * first attempt broke off.
 */
export class StreamParticipants {
  constructor(
    private readonly campaigns: KnownCampaigns,
    private readonly upserts: UpsertParticipants,
    private readonly answers: RequestAnswers,
    private readonly pace: Pace,
  ) {}

  /** Throws a `DomainError` when the stream is refused as a whole; what comes later is thrown between two batches. */
  async execute(stream: ParticipantsStream): Promise<AsyncGenerator<readonly LineOutcome[]>> {
    const { workspace, campaignId, idempotencyKey: key } = stream;
    const { fields, zone } = await this.campaigns.target(workspace, campaignId);
    const { cause, mayBeRepeated } = await this.begin(stream);
    const { causation, actor } = stream;
    const common: Omit<ItemBatch, 'items'> = {
      workspace,
      campaignId,
      plan: planFields(fields),
      zone,
      origins: originsOfDoor({ door: 'api', cause, causation, actor }),
      mayBeRepeated,
    };
    return this.outcomes(new LineBatches(stream.content, key !== undefined), common);
  }

  private async begin({ workspace, campaignId, idempotencyKey: key, causation }: ParticipantsStream) {
    if (key === undefined) return { cause: causation, mayBeRepeated: false };
    const name = { workspace, campaignId, key };
    const begun = await this.answers.begin(name, STREAMED);
    if (begun.bodyHash !== STREAMED)
      throw new DomainError('idempotency_key_reused', 'The Idempotency-Key was used for another body.', 'conflict');
    return { cause: causeOf(name, begun), mayBeRepeated: begun.isRepeated };
  }

  private async *outcomes(
    batches: LineBatches,
    common: Omit<ItemBatch, 'items'>,
  ): AsyncGenerator<readonly LineOutcome[]> {
    for (let batch = await batches.next(); batch !== undefined; batch = await batches.next()) {
      if (await this.campaigns.isDeleted(common.campaignId))
        throw new DomainError('campaign_deleted', 'The campaign was deleted.', 'conflict');
      const { numbers } = batch;
      const { outcomes } = await this.upserts.upsert({ ...common, items: itemsOf(batch, common) });
      yield outcomes.map((outcome, index) => ({ line: numbers[index] ?? 0, ...outcome }));
      await this.pace.keep();
    }
  }
}

function itemsOf({ numbers, lines }: LineBatch, { plan, zone }: Omit<ItemBatch, 'items'>): readonly ReadItem[] {
  return lines.map((line, index) => {
    const number = numbers[index] ?? 0;
    const read = jsonOf(line);
    return 'problem' in read ? unreadableItem(number, read.problem) : readApiItem(read.item, number, plan, { zone });
  });
}

/** What is wrong with one line is told in its answer; its neighbours do not suffer. */
function jsonOf(line: Buffer): { readonly item: unknown } | { readonly problem: ItemProblem } {
  try {
    return { item: parseBody(line) };
  } catch (error) {
    if (!(error instanceof RequestRefusal)) throw error;
    const reason = error.code === 'malformed_json' ? 'The line is not valid JSON in UTF-8.' : error.message;
    return { problem: { field: '', value: '', code: error.code, reason } };
  }
}
