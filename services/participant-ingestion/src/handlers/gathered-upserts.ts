import { BATCH_ITEMS_MAX, type ItemBatch } from './item-batch.js';
import type { UpsertParticipants, UpsertResult } from './upsert-participants.js';

/** A request with more items is a batch of its own. */
export const GATHERED_ITEMS_MAX = 50;
/** Requests of a campaign that wait for the batch before them; one more is a batch of its own. */
export const WAITING_REQUESTS_MAX = 1_000;

/** The items of one request, while they wait. */
interface Part {
  readonly batch: ItemBatch;
  readonly resolve: (result: UpsertResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts small requests together that come while others of their campaign are being written: one batch costs hardly more than one
 * item. Nobody waits for company, and each request is answered for its own items only. What may be a repetition goes alone.
 */
export class GatheredUpserts {
  private readonly waiting = new Map<string, Part[]>();

  constructor(private readonly upserts: Pick<UpsertParticipants, 'upsert'>) {}

  upsert(batch: ItemBatch): Promise<UpsertResult> {
    const key = `${batch.workspace}/${batch.campaignId}`;
    const parts = this.waiting.get(key);
    const isFull = parts !== undefined && parts.length >= WAITING_REQUESTS_MAX;
    if (isFull || batch.mayBeRepeated || batch.items.length > GATHERED_ITEMS_MAX) return this.upserts.upsert(batch);
    return new Promise((resolve, reject) => {
      const part = { batch, resolve, reject };
      if (parts !== undefined) parts.push(part);
      else void this.work(key, [part]);
    });
  }

  /** Works off what waits of one campaign, batch by batch, until nothing does. */
  private async work(key: string, parts: Part[]): Promise<void> {
    this.waiting.set(key, parts);
    while (parts.length > 0) await this.write(parts.splice(0, together(parts)));
    this.waiting.delete(key);
  }

  private async write(parts: readonly Part[]): Promise<void> {
    try {
      const { outcomes, position } = await this.upserts.upsert(merged(parts.map(({ batch }) => batch)));
      let from = 0;
      for (const { batch, resolve } of parts) {
        resolve({ outcomes: outcomes.slice(from, from + batch.items.length), position });
        from += batch.items.length;
      }
    } catch (error) {
      for (const { reject } of parts) reject(error);
    }
  }
}

/** How many of the first parts make one batch: they read their items by the same fields. */
function together(parts: readonly Part[]): number {
  const [first] = parts;
  let items = 0;
  const end = parts.findIndex(({ batch }) => {
    items += batch.items.length;
    return batch.plan !== first?.batch.plan || batch.zone !== first.batch.zone || items > BATCH_ITEMS_MAX;
  });
  return end < 0 ? parts.length : end;
}

/** Numbers are counted anew; each item keeps the origin that its own request gave it. */
function merged(batches: readonly ItemBatch[]): ItemBatch {
  const [first] = batches;
  if (first === undefined) throw new RangeError('A batch of nothing');
  if (batches.length === 1) return first;
  const origins = batches.flatMap((batch) => batch.items.map(({ number }) => batch.origins(number)));
  const items = batches.flatMap((batch) => batch.items).map((item, number) => ({ ...item, number }));
  return {
    ...first,
    items,
    origins: (number) => {
      const origin = origins[number];
      if (origin === undefined) throw new RangeError(`There is no item ${number} in the batch`);
      return origin;
    },
  };
}
