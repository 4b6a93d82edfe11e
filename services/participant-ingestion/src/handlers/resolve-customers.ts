import { v7 } from 'uuid';
import type { IdentityKey, ItemWarning } from '@poinciana/participant-file';
import {
  claimIdentities,
  type GivenIdentities,
  ownersToAsk,
  type ResolvedIdentities,
  resolveIdentities,
} from '../domain/resolve-identities.js';
import type { IdentityIndex, IdentityKeys } from '../storage/identity-keys.js';

/**
 * Says of each item who it is about, and reserves what is new: after this, every key of the batch has its customer, whatever
 * becomes of the process. Only batches with new keys wait for others of the workspace.
 */
export class ResolveCustomers {
  constructor(
    private readonly identityKeys: IdentityKeys,
    /** Ids of new customers; time-ordered, so that their streams lie together. */
    private readonly newCustomerId: () => string = v7,
  ) {}

  /** `items`: the keys of each item, never empty. */
  async resolve(workspace: string, items: readonly (readonly IdentityKey[])[]): Promise<ResolvedIdentities> {
    const keys = [...new Set(items.flat())];
    const decide = (index: IdentityIndex) => this.decide(index, items, keys);
    const resolved = await decide(this.identityKeys.of(workspace));
    if (resolved.claims.length === 0) return resolved;
    // Nobody else can have changed who a newcomer is but by taking one of the keys.
    const isOfNewcomers = resolved.claims.every(({ customerId }) => resolved.newcomers.has(customerId));
    return this.identityKeys.claim(workspace, decide, isOfNewcomers ? resolved : undefined);
  }

  /** Reserves new keys for customers who are known. Answers the warnings, in the order of the items. */
  async claimFor(workspace: string, items: readonly GivenIdentities[]): Promise<readonly (readonly ItemWarning[])[]> {
    const keys = [...new Set(items.flatMap((item) => item.keys))];
    if (keys.length === 0) return items.map(() => []);
    const decide = async (index: IdentityIndex) => claimIdentities(items, await index.ownersOf(keys));
    const claimed = await decide(this.identityKeys.of(workspace));
    return claimed.claims.length === 0 ? claimed.warnings : (await this.identityKeys.claim(workspace, decide)).warnings;
  }

  private async decide(
    index: IdentityIndex,
    items: readonly (readonly IdentityKey[])[],
    keys: readonly IdentityKey[],
  ): Promise<ResolvedIdentities> {
    const owners = await index.ownersOf(keys);
    const withExternalId = await index.withExternalId(ownersToAsk(items, owners));
    return resolveIdentities(items, { owners, withExternalId }, this.newCustomerId);
  }
}
