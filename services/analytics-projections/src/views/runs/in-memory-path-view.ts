import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import type { InMemoryActivityView } from '../analytics/in-memory-activity-view.js';
import type { InMemoryCounterView } from '../counters/in-memory-counter-view.js';
import type { FlowRunFacts } from './flow-run-facts.js';
import { type ParticipantPath, pathMoves } from './path-moves.js';
import { PathView } from './path-view.js';

/** The twin for tests. */
export class InMemoryPathView extends PathView<InMemoryTransaction> {
  private paths: readonly ParticipantPath[] = [];

  constructor(
    private readonly counters: InMemoryCounterView,
    private readonly activity: InMemoryActivityView,
  ) {
    super();
  }

  override write(runs: readonly FlowRunFacts[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => {
        const { paths, moves, visits } = pathMoves(this.paths, runs);
        // The last of a key counts when they are read again.
        this.paths = [...this.paths, ...paths];
        this.counters.move(moves);
        this.activity.move(visits);
      });
  }
}
