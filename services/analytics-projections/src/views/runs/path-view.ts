import type { StateWrite } from '@poinciana/messaging';
import type { FlowRunFacts } from './flow-run-facts.js';

/** Keeps which way each participant's last runs took, and from them the counters of people and runs. */
export abstract class PathView<Transaction> {
  /** Runs in log order. What was counted before changes nothing. */
  abstract write(runs: readonly FlowRunFacts[]): StateWrite<Transaction>;
}
