import { type Counted, summedMoves } from './campaign-counter.js';
import { CounterView } from './counter-view.js';

/** The twin for tests; the views of the same tests move its counters. */
export class InMemoryCounterView extends CounterView {
  private counters: readonly Counted[] = [];

  override async of(workspace: string, campaignId: string): Promise<readonly Counted[]> {
    return this.counters.filter((counter) => counter.workspace === workspace && counter.campaignId === campaignId);
  }

  move(moves: readonly Counted[]): void {
    this.counters = summedMoves([...this.counters, ...moves]);
  }
}
