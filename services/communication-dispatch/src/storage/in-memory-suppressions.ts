import { suppressionKeyOf, Suppressions, type SuppressionKey } from './suppressions.js';

/** The twin. */
export class InMemorySuppressions extends Suppressions {
  private readonly rows = new Map<string, SuppressionKey & { readonly workspace: string }>();

  override async put(row: SuppressionKey & { readonly workspace: string }): Promise<void> {
    this.rows.set(suppressionKeyOf(row), row);
  }

  override async remove(key: SuppressionKey): Promise<void> {
    this.rows.delete(suppressionKeyOf(key));
  }

  override async among(keys: readonly SuppressionKey[]): Promise<ReadonlySet<string>> {
    return new Set(keys.map(suppressionKeyOf).filter((key) => this.rows.has(key)));
  }

  override async ofCustomer(workspace: string, customerId: string): Promise<readonly SuppressionKey[]> {
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && row.customerId === customerId)
      .map(({ channelId }) => ({ channelId, customerId }));
  }

  override async ofChannel(workspace: string, channelId: string, after = '', limit = Number.POSITIVE_INFINITY) {
    return [...this.rows.values()]
      .filter((row) => row.workspace === workspace && row.channelId === channelId && row.customerId > after)
      .map(({ customerId }) => ({ channelId, customerId }))
      .sort((one, other) => (one.customerId < other.customerId ? -1 : 1))
      .slice(0, limit);
  }
}
