import type { StateWrite } from '@poinciana/messaging';
import type { CampaignStart } from '../domain/starts.js';
import { CatchUps, type CatchUpProgress, type LeasedCatchUp } from './catch-ups.js';

interface Row extends LeasedCatchUp {
  readonly done: number;
  readonly finished: boolean;
}

/** The twin for tests. A lease never runs out here: whoever asks next takes over. */
export class InMemoryCatchUps extends CatchUps<unknown> {
  private readonly rows = new Map<string, Row>();

  override add(starts: readonly CampaignStart[]): StateWrite<unknown> {
    return async () => {
      for (const start of starts) {
        const key = keyOf(start);
        if (!this.rows.has(key)) this.rows.set(key, { ...start, leaseNumber: 0, done: 0, finished: false });
      }
    };
  }

  override async lease(upTo: number): Promise<LeasedCatchUp | undefined> {
    const open = [...this.rows.values()].filter((row) => !row.finished && row.number <= upTo);
    const [oldest] = open.toSorted((one, other) => one.number - other.number);
    if (oldest === undefined) return undefined;
    const leased = { ...oldest, leaseNumber: oldest.leaseNumber + 1 };
    this.rows.set(keyOf(oldest), leased);
    return leased;
  }

  override async progressed(
    held: LeasedCatchUp,
    progress: { readonly total: number; readonly done: number; readonly finished: boolean },
  ): Promise<boolean> {
    const row = this.rows.get(keyOf(held));
    if (row === undefined || row.leaseNumber !== held.leaseNumber) return false;
    this.rows.set(keyOf(held), { ...row, ...progress });
    return true;
  }

  override async of(workspace: string, campaignId: string): Promise<readonly CatchUpProgress[]> {
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && row.campaignId === campaignId)
      .toSorted((one, other) => other.generation - one.generation)
      .map(({ generation, total, done, finished }) => ({
        generation,
        ...(total === undefined ? {} : { total }),
        done,
        finished,
      }));
  }
}

function keyOf({ campaignId, generation }: CampaignStart): string {
  return `${campaignId}/${generation}`;
}
