import { InboundNumbers } from './inbound-numbers.js';

/** The twin. */
export class InMemoryInboundNumbers extends InboundNumbers {
  private readonly numbers = new Map<string, number>();

  override async of(addressKeys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(addressKeys.map((key) => [key, this.numbers.get(key) ?? 0]));
  }

  override async raise(numbers: ReadonlyMap<string, number>): Promise<void> {
    for (const [key, number] of numbers) this.numbers.set(key, Math.max(number, this.numbers.get(key) ?? 0));
  }
}
