import type { Cuts } from '@poinciana/event-sourcing';
import { type IdentityKey, isExternalId } from '@poinciana/participant-file';
import type { IdentityClaim } from '../domain/resolve-identities.js';
import { type IdentityIndex, IdentityKeys } from './identity-keys.js';

/** The twin for tests. With `cuts`, a claim can end before and after it is stored. */
export class InMemoryIdentityKeys extends IdentityKeys {
  private readonly workspaces = new Map<string, Map<IdentityKey, string>>();
  private lastClaim: Promise<unknown> = Promise.resolve();

  constructor(private readonly cuts?: Cuts) {
    super();
  }

  override of(workspace: string): IdentityIndex {
    const owners = this.workspaces.get(workspace) ?? new Map<IdentityKey, string>();
    return {
      ownersOf: async (keys) => new Map(keys.flatMap((key) => pairOf(key, owners.get(key)))),
      withExternalId: async (customerIds) => {
        const named = new Set([...owners].filter(([key]) => isExternalId(key)).map(([, customerId]) => customerId));
        return new Set(customerIds.filter((customerId) => named.has(customerId)));
      },
      beginningWith: async (beginnings, limit) => {
        const found = [...owners].filter(([key]) => beginnings.some((beginning) => key.startsWith(beginning)));
        const sorted = found.toSorted(([one], [other]) => (one < other ? -1 : 1));
        return [...new Set(sorted.map(([, customerId]) => customerId))].slice(0, limit);
      },
    };
  }

  override async claim<Decision extends { readonly claims: readonly IdentityClaim[] }>(
    workspace: string,
    decide: (index: IdentityIndex) => Promise<Decision>,
    attempt?: Decision,
  ): Promise<Decision> {
    const claimed = this.lastClaim.then(() => this.claimAlone(workspace, decide, attempt));
    // Its error is its caller's; the next claim only waits for the end of this one.
    this.lastClaim = claimed.catch(() => undefined);
    return claimed;
  }

  override async release(workspace: string, customerId: string): Promise<void> {
    const owners = this.workspaces.get(workspace);
    for (const [key, owner] of owners ?? []) if (owner === customerId) owners?.delete(key);
  }

  private async claimAlone<Decision extends { readonly claims: readonly IdentityClaim[] }>(
    workspace: string,
    decide: (index: IdentityIndex) => Promise<Decision>,
    attempt: Decision | undefined,
  ): Promise<Decision> {
    const owners = this.workspaces.get(workspace) ?? new Map<IdentityKey, string>();
    this.workspaces.set(workspace, owners);
    const isFree = attempt?.claims.every(({ key }) => !owners.has(key)) ?? false;
    const decision = attempt !== undefined && isFree ? attempt : await decide(this.of(workspace));
    this.cuts?.pass('before identities are claimed');
    for (const { key, customerId } of decision.claims) {
      if (owners.has(key)) throw new Error('A key is claimed twice');
      owners.set(key, customerId);
    }
    this.cuts?.pass('after identities are claimed');
    return decision;
  }
}

function pairOf(key: IdentityKey, customerId: string | undefined): readonly (readonly [IdentityKey, string])[] {
  return customerId === undefined ? [] : [[key, customerId]];
}
