/** A customer on a channel. */
export interface SuppressionKey {
  readonly channelId: string;
  readonly customerId: string;
}

/** What the event with a revision says of it; lifted ones stay, so that what was decided earlier and comes later does not bring them back. */
export interface SuppressionRow extends SuppressionKey {
  readonly workspace: string;
  readonly revision: number;
  readonly isSuppressed: boolean;
}

/** Who does not want to be contacted where, as the streams have it. Throws `TransientError` when the database is away. */
export abstract class Suppressions {
  /** In any order, and repeated: what the newest revision says counts. */
  abstract put(row: SuppressionRow): Promise<void>;
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
