import type { FieldPlan, ReadItem } from '@poinciana/participant-file';
import type { ItemOrigins } from '../domain/item-origin.js';

/** Items in one call at most; a door with more cuts them, always at the same places. */
export const BATCH_ITEMS_MAX = 1_000;

/** Items of one campaign, in order, each number once. */
export interface ItemBatch {
  readonly workspace: string;
  readonly campaignId: string;
  readonly plan: FieldPlan;
  /** The workspace's zone, in which the items were read. */
  readonly zone: string;
  readonly items: readonly ReadItem[];
  readonly origins: ItemOrigins;
  /**
   * Whether a batch of the same origins and numbers may have been begun before, by whomever. Then the streams are read
   * whole, and what that attempt wrote counts as this one's.
   */
  readonly mayBeRepeated: boolean;
}
