import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';

/** Ways in which a person is reached. */
export const REACHES = ['email', 'phone', 'telegram', 'whatsapp', 'web'] as const;
export type Reach = (typeof REACHES)[number];

/** How a participant is reached, by keys that tell nobody the address. */
export interface Person {
  readonly participantId: string;
  readonly workspace: string;
  readonly campaignId: string;
  /** Of the participant's stream: an older state never overwrites a newer one. */
  readonly revision: number;
  readonly keys: Readonly<Partial<Record<Reach, string>>>;
}

/** A participant as the participant's stream stood at a revision: there, or deleted. */
export interface PersonChange {
  readonly participantId: string;
  readonly revision: number;
  readonly person: Person | undefined;
}

/** Where a participant is looked for. */
export interface ReachKey {
  readonly reach: Reach;
  readonly key: string;
}

/** A way to reach a participant, as a key that tells nobody the address. */
export interface PersonKey {
  readonly participantId: string;
  readonly key: string;
}

export type FoundPerson = Pick<Person, 'participantId' | 'workspace' | 'campaignId'>;

/** Whom an address belongs to (A17). Throws `TransientError` when the database is away. */
export abstract class People<Transaction> {
  /** Inside a consumer's transaction. Repeating it changes nothing. */
  abstract put(changes: readonly PersonChange[]): StateWrite<Transaction>;
  /** Participants of the workspace with one of the keys, at most `limit`, by id. */
  abstract at(workspace: string, keys: readonly ReachKey[], limit: number): Promise<readonly FoundPerson[]>;
  /** How these participants are reached now. */
  abstract keysOf(participantIds: readonly string[]): Promise<readonly PersonKey[]>;
}

/** Phone numbers by their digits, everything else without regard to case (A17). */
export function reachKey(workspace: string, reach: Reach, value: string): ReachKey | undefined {
  const isNumber = reach === 'phone' || reach === 'whatsapp';
  const plain = isNumber ? value.replace(/\D/g, '') : value.trim().toLowerCase();
  return plain === '' ? undefined : { reach, key: derivedId('person', workspace, reach, plain) };
}
