import { suppressionKeyOf, Suppressions, type SuppressionKey, type SuppressionRow } from './suppressions.js';

/** The twin. */
export class InMemorySuppressions extends Suppressions {
  private readonly rows = new Map<string, SuppressionRow>();

  override async put(row: SuppressionRow): Promise<void> {
    const key = suppressionKeyOf(row);
    if ((this.rows.get(key)?.revision ?? -1) < row.revision) this.rows.set(key, row);
  }

  override async among(keys: readonly SuppressionKey[]): Promise<ReadonlySet<string>> {
    return new Set(keys.map(suppressionKeyOf).filter((key) => this.rows.get(key)?.isSuppressed === true));
  }

  override async ofCustomer(workspace: string, customerId: string): Promise<readonly SuppressionKey[]> {
    return this.suppressed()
      .filter((row) => row.workspace === workspace && row.customerId === customerId)
      .map(({ channelId }) => ({ channelId, customerId }));
  }

  override async ofChannel(workspace: string, channelId: string, after = '', limit = Number.POSITIVE_INFINITY) {
    return this.suppressed()
      .filter((row) => row.workspace === workspace && row.channelId === channelId && row.customerId > after)
      .map(({ customerId }) => ({ channelId, customerId }))
      .sort((one, other) => (one.customerId < other.customerId ? -1 : 1))
      .slice(0, limit);
  }

  private suppressed(): readonly SuppressionRow[] {
    return [...this.rows.values()].filter(({ isSuppressed }) => isSuppressed);
  }
}
