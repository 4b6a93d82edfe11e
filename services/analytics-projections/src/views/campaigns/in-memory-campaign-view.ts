import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { pageOf } from '../in-memory-page.js';
import type { Page } from '../page.js';
import type { CampaignChange } from './campaign-changes.js';
import { type CampaignLine, type CampaignQuery, CampaignView } from './campaign-view.js';

interface Row extends CampaignLine {
  readonly workspace: string;
}

/** The twin for tests. */
export class InMemoryCampaignView extends CampaignView<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();

  override write(changes: readonly CampaignChange[]): StateWrite<InMemoryTransaction> {
    return async (transaction) => transaction.change(() => changes.forEach((change) => this.put(change)));
  }

  override async list(query: CampaignQuery): Promise<Page<CampaignLine>> {
    const matching = [...this.rows.values()].filter((row) => matches(row, query));
    const page = pageOf(matching, (row) => (query.sort === 'created' ? row.createdAt : row.modifiedAt), query);
    return { ...page, lines: page.lines.map(({ workspace: _, ...line }) => line) };
  }

  private put({ id, workspace, campaign, createdAt, modifiedAt }: CampaignChange): void {
    if (campaign === undefined) this.rows.delete(id);
    else
      this.rows.set(id, {
        ...campaign,
        workspace,
        modifiedAt,
        createdAt: this.rows.get(id)?.createdAt ?? createdAt ?? modifiedAt,
      });
  }
}

function matches(row: Row, { workspace, text, statuses }: CampaignQuery): boolean {
  const found = (value: string) => text === undefined || value.toLowerCase().includes(text.toLowerCase());
  const inStatus = statuses === undefined || statuses.includes(row.status);
  return row.workspace === workspace && inStatus && (found(row.name) || found(row.description));
}
