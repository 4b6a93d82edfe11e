import { describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { InboundNumbers } from '../inbound-numbers.js';

const [ONE, TWO] = [derivedId('address', 1), derivedId('address', 2)] as const;

/** What every list of inbound numbers must do, whatever it is kept in. */
export function inboundNumbersConformance(name: string, start: () => Promise<InboundNumbers>): void {
  describe(`inbound numbers: ${name}`, () => {
    it('begin with 0 and only rise', async () => {
      const numbers = await start();
      await numbers.raise(new Map());
      await numbers.raise(new Map([[ONE, 2]]));
      await numbers.raise(new Map([[ONE, 1]]));
      expect(await numbers.of([ONE, TWO])).toEqual(
        new Map([
          [ONE, 2],
          [TWO, 0],
        ]),
      );
    });
  });
}
