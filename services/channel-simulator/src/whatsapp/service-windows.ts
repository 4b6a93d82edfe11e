import { SimulatorRefusal } from '../simulator-refusal.js';

/** Who wrote to which number, and when last: free-form text is allowed for some time after it. */
export class ServiceWindows {
  readonly #windowMs: number;
  readonly #peopleMax: number;
  readonly #lastInboundAt = new Map<string, number>();

  /** `peopleMax`: how many pairs of number and person commands may add; people who answer a message are bounded by the ledger. */
  constructor(windowMs: number, peopleMax: number) {
    this.#windowMs = windowMs;
    this.#peopleMax = peopleMax;
  }

  /** Throws SimulatorRefusal 507 when no more people can be remembered: forgetting one would close an open window. */
  requireRoom(): void {
    if (this.#lastInboundAt.size >= this.#peopleMax * 2) {
      throw new SimulatorRefusal(
        507,
        'too_many_windows',
        `the simulator remembers no more than ${this.#peopleMax * 2} people who wrote`,
      );
    }
  }

  open(phoneNumberId: string, waId: string, nowMs: number): void {
    this.#lastInboundAt.set(`${phoneNumberId} ${waId}`, nowMs);
  }

  isOpen(phoneNumberId: string, waId: string, nowMs: number): boolean {
    const lastInboundAt = this.#lastInboundAt.get(`${phoneNumberId} ${waId}`);
    return lastInboundAt !== undefined && nowMs - lastInboundAt < this.#windowMs;
  }
}
