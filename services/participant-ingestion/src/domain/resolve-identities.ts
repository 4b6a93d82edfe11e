import { fieldOfKey, type IdentityKey, isExternalId, type ItemWarning, itemWarning } from '@poinciana/participant-file';

/** A key that becomes a customer's. */
export interface IdentityClaim {
  readonly key: IdentityKey;
  readonly customerId: string;
}

/** What the index of identities says of the keys of a batch. */
export interface KnownIdentities {
  readonly owners: ReadonlyMap<IdentityKey, string>;
  /** Those of the owners who have an external_id. */
  readonly withExternalId: ReadonlySet<string>;
}

/** Who the items of a batch are about. Lists in the order of the items. */
export interface ResolvedIdentities {
  readonly customerIds: readonly string[];
  readonly warnings: readonly (readonly ItemWarning[])[];
  /** Keys that nobody had; to be stored before anything is written about these customers. */
  readonly claims: readonly IdentityClaim[];
  /** Customers who did not exist before. */
  readonly newcomers: ReadonlySet<string>;
}

const NO_WARNINGS: readonly ItemWarning[] = [];

/**
 * Decides for each item, in order, which customer it is about (A3). `items` holds the keys of each, in the order of A3 and
 * never empty. A key that belongs to another customer stays with that one, and the item is warned (A43).
 */
export function resolveIdentities(
  items: readonly (readonly IdentityKey[])[],
  known: KnownIdentities,
  newCustomerId: () => string,
): ResolvedIdentities {
  const index = new BatchIdentities(known, newCustomerId);
  const customerIds: string[] = [];
  const warnings: (readonly ItemWarning[])[] = [];
  for (const keys of items) {
    const customerId = index.customerOf(keys);
    customerIds.push(customerId);
    warnings.push(index.claim(keys, customerId));
  }
  return { customerIds, warnings, claims: index.claims, newcomers: index.newcomers };
}

/** What known customers are given to be identified by. */
export interface GivenIdentities {
  readonly customerId: string;
  readonly keys: readonly IdentityKey[];
}

/** Keys of nobody become those of the customers named; one that belongs to another stays there, and is warned of (A43). */
export function claimIdentities(
  items: readonly GivenIdentities[],
  owners: ReadonlyMap<IdentityKey, string>,
): Pick<ResolvedIdentities, 'claims' | 'warnings'> {
  const index = new BatchIdentities({ owners, withExternalId: new Set() }, noNewcomer);
  const warnings = items.map(({ keys, customerId }) => index.claim(keys, customerId));
  return { claims: index.claims, warnings };
}

function noNewcomer(): never {
  throw new Error('The customers are known');
}

/** The owners whose external_id must be known to decide: those found by a later key beside an unknown external_id. */
export function ownersToAsk(
  items: readonly (readonly IdentityKey[])[],
  owners: ReadonlyMap<IdentityKey, string>,
): readonly string[] {
  const asked = new Set<string>();
  for (const keys of items) {
    const first = keys[0];
    if (first === undefined || !isExternalId(first) || owners.has(first)) continue;
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner !== undefined) asked.add(owner);
    }
  }
  return [...asked];
}

/** The index as it is after the items before. */
class BatchIdentities {
  readonly claims: IdentityClaim[] = [];
  readonly newcomers = new Set<string>();
  private readonly claimed = new Map<IdentityKey, string>();
  private readonly named = new Set<string>();

  constructor(
    private readonly known: KnownIdentities,
    private readonly newCustomerId: () => string,
  ) {}

  customerOf(keys: readonly IdentityKey[]): string {
    const first = keys[0];
    for (const key of keys) {
      const owner = this.ownerOf(key);
      if (owner === undefined) continue;
      const namedOtherwise = key !== first && first !== undefined && isExternalId(first) && this.hasExternalId(owner);
      return namedOtherwise ? this.newcomer() : owner;
    }
    return this.newcomer();
  }

  claim(keys: readonly IdentityKey[], customerId: string): readonly ItemWarning[] {
    let warnings: ItemWarning[] | undefined;
    for (const key of keys) {
      const owner = this.ownerOf(key);
      if (owner === customerId) continue;
      if (owner !== undefined) {
        (warnings ??= []).push(itemWarning('key_of_another', fieldOfKey(key)));
        continue;
      }
      this.claimed.set(key, customerId);
      this.claims.push({ key, customerId });
      if (isExternalId(key)) this.named.add(customerId);
    }
    return warnings ?? NO_WARNINGS;
  }

  private ownerOf(key: IdentityKey): string | undefined {
    return this.claimed.get(key) ?? this.known.owners.get(key);
  }

  private hasExternalId(customerId: string): boolean {
    return this.named.has(customerId) || this.known.withExternalId.has(customerId);
  }

  private newcomer(): string {
    const customerId = this.newCustomerId();
    this.newcomers.add(customerId);
    return customerId;
  }
}
