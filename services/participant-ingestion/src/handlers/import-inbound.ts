import { derivedId, DomainError } from '@poinciana/event-sourcing';
import { planFields } from '@poinciana/participant-file';
import {
  byCampaign,
  campaignOf,
  type CampaignRecords,
  type InboundRecord,
  type Rejection,
} from '../domain/inbound-record.js';
import { type ItemOrigin, originsOfDoor } from '../domain/item-origin.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { readApiItem } from '../domain/read-api-item.js';
import type { ImportTarget, KnownCampaigns } from './known-campaigns.js';
import type { UpsertParticipants } from './upsert-participants.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CAMPAIGN_CHARACTERS_MAX = 100;

/** Records of one partition of the inbound topic, cut at the same places at every repetition. */
export interface InboundBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly InboundRecord[];
  /** What keeps records in order, by their offset. */
  readonly keyOf: (offset: number) => string | undefined;
  readonly mayBeRepeated: boolean;
}

export interface ImportedRecords {
  readonly rejections: readonly Rejection[];
  /** How many records came to what. */
  readonly outcomes: ReadonlyMap<ItemOutcome['outcome'], number>;
}

/**
 * Kafka's door: the same path as that of the API. Ids follow from topic, partition and offset, so a record that comes again adds
 * nothing; each belongs to the workspace that its token names.
 */
export class ImportInbound {
  constructor(
    private readonly campaigns: KnownCampaigns,
    private readonly upserts: UpsertParticipants,
  ) {}

  /** Throws `TransientError` when the store or the database is away: the batch is then repeated. */
  async execute(batch: InboundBatch): Promise<ImportedRecords> {
    const rejections: Rejection[] = [];
    const outcomes = new Map<ItemOutcome['outcome'], number>();
    for (const group of byCampaign(batch.records, batch.keyOf)) {
      const found = await this.upsert(batch, group);
      for (const [index, outcome] of found.entries()) {
        const kind = 'code' in outcome ? 'failed' : outcome.outcome;
        outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
        const record = group.records[index];
        if (record !== undefined && kind === 'failed') rejections.push(rejectionOf(record, outcome));
      }
    }
    return { rejections, outcomes };
  }

  private async upsert(
    { topic, partition, mayBeRepeated }: InboundBatch,
    { workspace, campaignId, records }: CampaignRecords,
  ): Promise<readonly (ItemOutcome | Refusal)[]> {
    const target = await this.targetOf(workspace, campaignId);
    if ('code' in target) return records.map(() => target);
    const { fields, zone } = target;
    const plan = planFields(fields);
    const items = records.map(({ item, offset }) => readApiItem(item, offset, plan, { zone }));
    const cause = derivedId(topic, 'partition', partition);
    const actorOf = new Map(records.map(({ offset, actor }) => [offset, actor]));
    const byOffset = originsOfDoor({ door: 'kafka', cause, causation: cause, actor: 'service:kafka' });
    const origins = (offset: number): ItemOrigin => {
      const origin = byOffset(offset);
      return { ...origin, actor: actorOf.get(offset) ?? origin.actor };
    };
    const batch = { workspace, campaignId, plan, zone, items, origins, mayBeRepeated };
    return (await this.upserts.upsert(batch)).outcomes;
  }

  private async targetOf(workspace: string, campaignId: string): Promise<ImportTarget | Refusal> {
    if (!UUID.test(campaignId)) {
      return { code: 'invalid_item', reason: 'The member campaign must be the id of a campaign, a UUID.' };
    }
    try {
      return await this.campaigns.target(workspace, campaignId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { code: error.code, reason: error.message };
    }
  }
}

/** Why nothing of a campaign's records is taken. */
interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** Without the values that were refused: whoever wrote the record has them, and nobody else needs them. */
function rejectionOf(record: InboundRecord, outcome: ItemOutcome | Refusal): Rejection {
  const { offset, workspace } = record;
  const campaign = campaignOf(record).slice(0, CAMPAIGN_CHARACTERS_MAX);
  const told = { offset, workspace, campaign, isPoison: false };
  if ('code' in outcome) return { ...told, ...outcome, problems: [] };
  const found = outcome.outcome === 'failed' ? outcome.problems : [];
  const problems = found.map(({ field, code, reason }) => ({ field, code, reason }));
  const { code = 'invalid_item', reason = 'The item was refused.' } = problems[0] ?? {};
  return { ...told, code, reason, problems };
}
