const SEQUENCE_DIGITS = 12;

/**
 * Ids in the shape of WhatsApp's (`wamid.` and base64) that carry the message's number, so that no table of ids is needed. The run's
 * mark tells ids of an earlier run, or of before a reset, from ours.
 */
export class MessageIds {
  readonly #mark: string;

  /** `mark`: some characters of ASCII, another for each run. */
  constructor(mark: string) {
    this.#mark = mark;
  }

  /** `direction`: o for messages of the business, i for those of people. */
  idOf(direction: 'o' | 'i', sequence: number): string {
    const plain = `${this.#mark}${direction}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
    return `wamid.${Buffer.from(plain, 'latin1').toString('base64')}`;
  }

  /** The number of a message of the business; undefined for any id that is not one of this run. */
  sequenceOf(messageId: string): number | undefined {
    if (!messageId.startsWith('wamid.')) return undefined;
    const plain = Buffer.from(messageId.slice('wamid.'.length), 'base64').toString('latin1');
    const digits = plain.slice(this.#mark.length + 1);
    if (!plain.startsWith(`${this.#mark}o`) || !/^[0-9]{12}$/.test(digits)) return undefined;
    return Number(digits);
  }
}
