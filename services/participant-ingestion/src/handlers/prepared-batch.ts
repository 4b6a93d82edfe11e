import type { ResolvedItem } from './batch-decision.js';
import type { ItemBatch } from './item-batch.js';

/** A batch whose customers are known and reserved. */
export interface PreparedBatch {
  readonly batch: ItemBatch;
  /** In the order of the items; `undefined` for an item that cannot be read. */
  readonly resolved: readonly (ResolvedItem | undefined)[];
  /** Customers who were made by this very batch, so that nobody can have written about them. */
  readonly newcomers: ReadonlySet<string>;
}

/** Whether two batches are about different people, so that it makes no difference which is written first. */
export function haveNobodyInCommon(one: PreparedBatch, other: PreparedBatch): boolean {
  const ofOne = new Set(one.resolved.map((item) => item?.customerId));
  return other.resolved.every((item) => item === undefined || !ofOne.has(item.customerId));
}
