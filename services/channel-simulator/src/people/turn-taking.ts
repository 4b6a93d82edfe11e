import type { Person } from './person.js';

/**
 * People answer what is said to them, and not the answer to their own words: otherwise an agent that thanks everybody would talk
 * with them for ever.
 */
export class TurnTaking {
  readonly #hasSpoken = new Set<string>();

  /** Whether the person says something now; asked once for each message that they would answer. */
  speaks(address: string): boolean {
    if (this.#hasSpoken.delete(address)) return false;
    this.#hasSpoken.add(address);
    return true;
  }

  /** The person as they take the next message. */
  inTheMoodFor(person: Person): Person {
    return person.reply === null || this.speaks(person.address) ? person : { ...person, kind: 'reads', reply: null };
  }

  forget(): void {
    this.#hasSpoken.clear();
  }
}
