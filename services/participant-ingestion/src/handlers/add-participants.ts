import { createHash } from 'node:crypto';
import { DomainError, formatPosition, parsePosition, type Position, START } from '@poinciana/event-sourcing';
import { type FieldPlan, planFields } from '@poinciana/participant-file';
import { originsOfDoor } from '../domain/item-origin.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { readApiItem } from '../domain/read-api-item.js';
import { causeOf, type RequestAnswers, type StoredAnswer } from '../storage/request-answers.js';
import { BATCH_ITEMS_MAX } from './item-batch.js';
import type { ImportTarget, KnownCampaigns } from './known-campaigns.js';
import { GatheredUpserts } from './gathered-upserts.js';
import type { UpsertParticipants, UpsertResult } from './upsert-participants.js';

/** Items of one request (A46). */
export const REQUEST_ITEMS_MAX = 10_000;

export interface ParticipantsRequest {
  readonly workspace: string;
  readonly campaignId: string;
  readonly actor: string;
  /** The id of the request: names what follows from it unless there is an Idempotency-Key. */
  readonly causation: string;
  readonly idempotencyKey?: string;
  readonly body: unknown;
}

export interface AddedParticipants {
  readonly outcomes: readonly ItemOutcome[];
  readonly position: Position;
}

/** The API's door: an answer for each item, in order; the same answer for the same Idempotency-Key. */
export class AddParticipants {
  private readonly upserts: GatheredUpserts;
  /** Made once as long as the fields of a campaign stay: requests with the same plan can be put together. */
  private readonly plans = new WeakMap<ImportTarget['fields'], FieldPlan>();

  constructor(
    private readonly campaigns: KnownCampaigns,
    upserts: UpsertParticipants,
    private readonly answers: RequestAnswers,
  ) {
    this.upserts = new GatheredUpserts(upserts);
  }

  /** Throws a `DomainError` when the request as a whole is refused. */
  async execute(request: ParticipantsRequest): Promise<AddedParticipants> {
    const items = itemsOf(request.body);
    const { workspace, campaignId, idempotencyKey: key } = request;
    const target = await this.campaigns.target(workspace, campaignId);
    if (key === undefined) return this.upsert(request, items, target, request.causation, false);
    const name = { workspace, campaignId, key };
    const bodyHash = createHash('sha256').update(JSON.stringify(items)).digest('hex');
    const begun = await this.answers.begin(name, bodyHash);
    if (begun.bodyHash !== bodyHash) {
      throw new DomainError('idempotency_key_reused', 'The Idempotency-Key was used for another body.', 'conflict');
    }
    if (begun.answer !== undefined) return added(begun.answer);
    const cause = causeOf(name, begun);
    const { outcomes, position } = await this.upsert(request, items, target, cause, begun.isRepeated);
    return added(await this.answers.keep(name, { outcomes, position: formatPosition(position) }));
  }

  private async upsert(
    request: ParticipantsRequest,
    items: readonly unknown[],
    target: ImportTarget,
    cause: string,
    mayBeRepeated: boolean,
  ): Promise<AddedParticipants> {
    const plan = this.planOf(target);
    const outcomes: ItemOutcome[] = [];
    let position = START;
    for (let from = 0; from < items.length; from += BATCH_ITEMS_MAX) {
      const batch = items.slice(from, from + BATCH_ITEMS_MAX);
      const result = await this.upsertBatch(request, { batch, from, plan, zone: target.zone, cause, mayBeRepeated });
      outcomes.push(...result.outcomes);
      if (result.position.number > position.number) position = result.position;
    }
    return { outcomes, position };
  }

  private planOf({ fields }: ImportTarget): FieldPlan {
    const plan = this.plans.get(fields) ?? planFields(fields);
    this.plans.set(fields, plan);
    return plan;
  }

  private upsertBatch(
    { workspace, campaignId, causation, actor }: ParticipantsRequest,
    part: {
      readonly batch: readonly unknown[];
      readonly from: number;
      readonly plan: FieldPlan;
      readonly zone: string;
      readonly cause: string;
      readonly mayBeRepeated: boolean;
    },
  ): Promise<UpsertResult> {
    const { batch, from, plan, zone, cause, mayBeRepeated } = part;
    const items = batch.map((item, index) => readApiItem(item, from + index, plan, { zone }));
    const origins = originsOfDoor({ door: 'api', cause, causation, actor });
    return this.upserts.upsert({ workspace, campaignId, plan, zone, items, origins, mayBeRepeated });
  }
}

function itemsOf(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw new DomainError('not_a_list', 'The body must be a list of items.');
  if (body.length > REQUEST_ITEMS_MAX) {
    throw new DomainError('too_many_items', `A request has at most ${REQUEST_ITEMS_MAX} items.`, 'tooLarge');
  }
  return body;
}

function added({ outcomes, position }: StoredAnswer): AddedParticipants {
  return { outcomes, position: parsePosition(position) ?? START };
}
