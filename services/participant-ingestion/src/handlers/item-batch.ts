import type { FieldPlan } from '../domain/field-plan.js';
import type { ReadItem } from '../domain/read-item.js';

/** Items in one call at most; a door with more cuts them, always at the same places. */
export const BATCH_ITEMS_MAX = 5_000;

/** Where a batch comes from, for the envelopes of its events. */
export interface BatchOrigin {
  readonly door: 'upload' | 'api' | 'kafka';
  /** The upload's id, or what names the request: with an item's number it names the item's events. */
  readonly cause: string;
  readonly uploadId?: string;
  /** The id of the event or command that caused the batch. */
  readonly causation: string;
  readonly actor: string;
}

/** Items of one campaign, in order, each number once. */
export interface ItemBatch {
  readonly workspace: string;
  readonly campaignId: string;
  readonly plan: FieldPlan;
  /** The workspace's zone, in which the items were read. */
  readonly zone: string;
  readonly items: readonly ReadItem[];
  readonly origin: BatchOrigin;
  /**
   * Whether a batch of the same origin and numbers may have been begun before, by whomever. Then the streams are read
   * whole, and what that attempt wrote counts as this one's.
   */
  readonly mayBeRepeated: boolean;
}
