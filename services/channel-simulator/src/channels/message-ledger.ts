import { CONTENTS_KEPT_MAX } from '../bounds.js';
import { SimulatorRefusal } from '../simulator-refusal.js';

/** What a provider other than WhatsApp has taken responsibility for. */
export interface TakenMessage {
  readonly sequence: number;
  readonly messageId: string;
  /** What the sender gave to be echoed; null where the protocol carries nothing of the kind. */
  readonly communicationId: string | null;
  readonly address: string;
  /** ISO 8601, UTC. */
  readonly acceptedAt: string;
  /** What was sent, in the words of the protocol; absent for all but the newest messages. */
  readonly content?: Readonly<Record<string, unknown>>;
}

export type Taking = Omit<TakenMessage, 'sequence' | 'acceptedAt'> & {
  readonly content: Readonly<Record<string, unknown>>;
};

/**
 * Every message that was taken, in order, numbered from 0. Counts for each communication and each address are exact: at the bound
 * it refuses (507) and nothing is forgotten.
 */
export class MessageLedger {
  readonly #max: number;
  #messages: TakenMessage[] = [];
  #byCommunication = new Map<string, number>();
  #byAddress = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  get length(): number {
    return this.#messages.length;
  }

  /** Throws SimulatorRefusal 507 when one more would go beyond the bound; asked before anything is promised. */
  requireRoom(): void {
    if (this.#messages.length >= this.#max) {
      throw new SimulatorRefusal(507, 'ledger_full', `the simulator holds no more than ${this.#max} accepted messages`);
    }
  }

  take(taking: Taking): TakenMessage {
    this.requireRoom();
    const sequence = this.#messages.length;
    const message = { ...taking, sequence, acceptedAt: new Date().toISOString() };
    this.#messages.push(message);
    count(this.#byAddress, message.address);
    if (message.communicationId !== null) count(this.#byCommunication, message.communicationId);
    const old = this.#messages[sequence - CONTENTS_KEPT_MAX];
    if (old !== undefined) {
      const { content: _, ...rest } = old;
      this.#messages[old.sequence] = rest;
    }
    return message;
  }

  at(sequence: number): TakenMessage | undefined {
    return this.#messages[sequence];
  }

  /** The first `limit` messages from `from` on that are of this communication or to this address, where one is named. */
  find(filter: { communicationId?: string; address?: string }, from: number, limit: number): TakenMessage[] {
    const found: TakenMessage[] = [];
    for (let at = Math.max(0, from); at < this.#messages.length && found.length < limit; at++) {
      const message = this.#messages[at] as TakenMessage;
      if (filter.communicationId !== undefined && message.communicationId !== filter.communicationId) continue;
      if (filter.address !== undefined && message.address !== filter.address) continue;
      found.push(message);
    }
    return found;
  }

  countOf(communicationId: string): number {
    return this.#byCommunication.get(communicationId) ?? 0;
  }

  countAt(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  /** The most often that one communication, or one address where the protocol carries no id, was accepted. */
  get acceptedPerCommunicationMax(): number {
    return maxOf(this.#byCommunication);
  }

  get acceptedPerAddressMax(): number {
    return maxOf(this.#byAddress);
  }

  get communications(): number {
    return this.#byCommunication.size;
  }

  clear(): void {
    this.#messages = [];
    this.#byCommunication = new Map();
    this.#byAddress = new Map();
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function maxOf(counts: ReadonlyMap<string, number>): number {
  let max = 0;
  for (const each of counts.values()) if (each > max) max = each;
  return max;
}
