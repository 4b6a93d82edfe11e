import type { StateWrite } from '@poinciana/messaging';
import type { CampaignChange } from './campaign-changes.js';
import { type CampaignLine, type CampaignPage, type CampaignQuery, CampaignView } from './campaign-view.js';

interface Row extends CampaignLine {
  readonly workspace: string;
}

/** The twin for tests. */
export class InMemoryCampaignView extends CampaignView<unknown> {
  private readonly rows = new Map<string, Row>();

  override write(changes: readonly CampaignChange[]): StateWrite<unknown> {
    return async () => {
      for (const { id, workspace, campaign, createdAt, modifiedAt } of changes) {
        if (campaign === undefined) this.rows.delete(id);
        else this.rows.set(id, { ...campaign, workspace, modifiedAt, createdAt: this.rows.get(id)?.createdAt ?? createdAt ?? modifiedAt });
      }
    };
  }

  override async list(query: CampaignQuery): Promise<CampaignPage> {
    const sign = query.direction === 'asc' ? 1 : -1;
    const keyOf = (line: CampaignLine) => `${query.sort === 'created' ? line.createdAt : line.modifiedAt} ${line.id}`;
    const matching = [...this.rows.values()].filter((row) => matches(row, query));
    const sorted = matching.toSorted((one, other) => sign * (keyOf(one) < keyOf(other) ? -1 : 1));
    const { after } = query;
    const rest = after === undefined ? sorted : sorted.filter((row) => sign * (keyOf(row) > `${after.instant} ${after.id}` ? 1 : -1) > 0);
    return { lines: rest.slice(0, query.limit).map(({ workspace: _, ...line }) => line), total: matching.length };
  }
}

function matches(row: Row, { workspace, text, statuses }: CampaignQuery): boolean {
  const found = (value: string) => text === undefined || value.toLowerCase().includes(text.toLowerCase());
  const inStatus = statuses === undefined || statuses.includes(row.status);
  return row.workspace === workspace && inStatus && (found(row.name) || found(row.description));
}
