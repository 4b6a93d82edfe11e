import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { pageOf } from '../in-memory-page.js';
import type { Page } from '../page.js';
import type { CampaignChange } from './campaign-changes.js';
import { type CampaignLine, type CampaignQuery, CampaignView } from './campaign-view.js';

interface Row extends CampaignLine {
  readonly workspace: string;
  readonly deleted: boolean;
  readonly revision: number;
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
    return { ...page, lines: page.lines.map(({ workspace: _, deleted: _d, revision: _r, ...line }) => line) };
  }

  private put({ id, campaign, createdAt, ...change }: CampaignChange): void {
    const known = this.rows.get(id);
    if (known !== undefined && known.revision >= change.revision) return;
    this.rows.set(id, { ...campaign, ...change, createdAt: known?.createdAt ?? createdAt ?? change.modifiedAt });
  }
}

function matches(row: Row, { workspace, text, statuses }: CampaignQuery): boolean {
  const found = (value: string) => text === undefined || value.toLowerCase().includes(text.toLowerCase());
  const inStatus = statuses === undefined || statuses.includes(row.status);
  return row.workspace === workspace && !row.deleted && inStatus && (found(row.name) || found(row.description));
}
