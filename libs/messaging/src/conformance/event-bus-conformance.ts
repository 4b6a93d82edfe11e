import { afterEach, beforeEach, describe } from '@jest/globals';
import { ConformanceRun } from './conformance-run.js';
import { crashTests } from './crashes.js';
import { deadLetterTests } from './dead-letters.js';
import { deliveryTests } from './delivery.js';
import type { EventBusHarnessFactory } from './event-bus-harness.js';
import { flowControlTests } from './flow-control.js';

/** What every adapter of the EventBus port holds. An adapter's whole spec is a call of this. */
export function eventBusConformance<Transaction>(name: string, factory: EventBusHarnessFactory<Transaction>): void {
  describe(`${name} as an event bus`, () => {
    let current: ConformanceRun<Transaction>;
    const run = () => current;
    beforeEach(async () => {
      current = new ConformanceRun(await factory());
    });
    afterEach(() => current.stop());

    describe('delivery', () => {
      deliveryTests(run);
    });
    describe('flow control', () => {
      flowControlTests(run);
    });
    describe('crashes', () => {
      crashTests(run);
    });
    describe('dead letters', () => {
      deadLetterTests(run);
    });
  });
}
