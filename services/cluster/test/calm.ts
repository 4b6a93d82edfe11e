import type { RunningCluster } from './running-cluster.js';
import { until } from './running-cluster.js';
import type { PeopleLoad } from './people-load.js';
import { samplesOf } from './replica-metrics.js';

/** Consumer groups of a cluster, each counted once for each of its two replicas. */
const GROUPS_MIN = 8;

/** Waits until nothing is under way any more: every group and the relay are at the head of the log, no communication is open. */
export async function untilCalm({ cluster, output }: RunningCluster, load: PeopleLoad): Promise<void> {
  let seen = '';
  await until(
    'all lag is gone and every communication has ended',
    async () => {
      const groups = await samplesOf(cluster, 'poinciana_consumer_lag_events');
      const relays = await samplesOf(cluster, 'poinciana_relay_lag_events');
      const open = await load.open();
      seen = JSON.stringify({ open, behind: [...groups, ...relays].filter(({ value }) => value !== 0) });
      const isAtHead = [...groups, ...relays].every(({ value }) => value === 0);
      return isAtHead && groups.length >= GROUPS_MIN && relays.length > 0 && open === 0;
    },
    () => `${seen}\n${output().slice(-4_000)}`,
  );
}
