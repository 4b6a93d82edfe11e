/** A customer on a channel. */
export interface SuppressionKey {
  readonly channelId: string;
  readonly customerId: string;
}

/** Who does not want to be contacted where, as the streams have it. Throws `TransientError` when the database is away. */
export abstract class Suppressions {
  abstract put(key: SuppressionKey & { readonly workspace: string }): Promise<void>;
  abstract remove(key: SuppressionKey): Promise<void>;
  /** Those of the keys that are suppressed, as `<channel> <customer>`. */
  abstract among(keys: readonly SuppressionKey[]): Promise<ReadonlySet<string>>;
  abstract ofCustomer(workspace: string, customerId: string): Promise<readonly SuppressionKey[]>;
  /** Those of a channel of the workspace, by customer after the one given, at most `limit`. */
  abstract ofChannel(
    workspace: string,
    channelId: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly SuppressionKey[]>;
}

export function suppressionKeyOf({ channelId, customerId }: SuppressionKey): string {
  return `${channelId} ${customerId}`;
}
