import type { IdentityKey } from '@poinciana/participant-file';
import type { IdentityClaim } from '../domain/resolve-identities.js';

/** What can be asked of a workspace's index of identities. */
export interface IdentityIndex {
  /** The customers to whom these keys belong; keys of nobody are not in the answer. */
  ownersOf(keys: readonly IdentityKey[]): Promise<ReadonlyMap<IdentityKey, string>>;
  /** Those of the customers who have an external_id. */
  withExternalId(customerIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The customers of keys that begin with one of these texts, each once, at most `limit`. */
  beginningWith(beginnings: readonly string[], limit: number): Promise<readonly string[]>;
}

/**
 * Which key belongs to which customer. A key is claimed before anything is written about its customer, and is never taken
 * away again by an upsert; so a customer may lack its stream (the process died in between), never the reverse.
 */
export abstract class IdentityKeys {
  /** The index as it is now. */
  abstract of(workspace: string): IdentityIndex;
  /**
   * Runs `decide` while nobody else claims keys in the workspace, and stores the claims it answers, all or none. Whatever
   * `decide` reads through its index stays true until then. An `attempt` is a decision made before, all of whose claims are for customers
   * whom nobody knew: it needs no other when all its keys are still free.
   */
  abstract claim<Decision extends { readonly claims: readonly IdentityClaim[] }>(
    workspace: string,
    decide: (index: IdentityIndex) => Promise<Decision>,
    attempt?: Decision,
  ): Promise<Decision>;
  /** Takes every key away from a customer who is erased, also one that never came into the profile; those of others stay. */
  abstract release(workspace: string, customerId: string): Promise<void>;
}
