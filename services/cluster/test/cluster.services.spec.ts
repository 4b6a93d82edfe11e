import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LOG_PARTITIONS } from '@poinciana/messaging-kafka';
import { untilCalm } from './calm.js';
import { auditOf } from './cluster-audit.js';
import { changingReplicas, cutNetwork, killedBroker, killedDatabase, killedRelays, ON_DETOUR } from './faults.js';
import { documentedMetrics, shownMetrics, unconventional } from './metrics-page.js';
import { PeopleLoad } from './people-load.js';
import { samplesOf } from './replica-metrics.js';
import { runCluster, type RunningCluster } from './running-cluster.js';
import { standaloneDemo, tablesOf } from './standalone-demo.js';

const DEMO = { people: 200, durationSeconds: 15 };
/** RELAY_KILLS in the environment makes it as long as one likes. */
const RELAY_KILLS = Number(process.env['RELAY_KILLS'] ?? 10);
const FAULTS = [killedBroker, killedDatabase, cutNetwork(30_000), changingReplicas, killedRelays(RELAY_KILLS)];
const WORK_MS = 3_000;
const SETTLE_SECONDS = 5;
const LEASE_SECONDS = 3;

describe('a cluster', () => {
  let running: RunningCluster;
  let load: PeopleLoad;
  beforeAll(async () => {
    running = await runCluster({
      onDetour: ON_DETOUR,
      settings: {
        'participant-ingestion': { POINCIANA_KAFKA_INBOUND: 'true' },
        'communication-dispatch': { POINCIANA_DISPATCH_SETTLE_SECONDS: String(SETTLE_SECONDS) },
        // What others read has a spec of its own.
        'event-relay': { POINCIANA_RELAY_LEASE_SECONDS: String(LEASE_SECONDS), POINCIANA_KAFKA_PUBLISHED: 'none' },
      },
    });
  });
  afterAll(() => running?.cluster.stop());

  test('runs the demo over Kafka to the same tables as everything in one process does', async () => {
    const [{ over }, expected] = await Promise.all([running.cluster.startDemo(DEMO), standaloneDemo(DEMO)]);
    expect(await over).toBe(true);
    const tables = tablesOf(running.output());
    process.stderr.write(`${tables}\n`);
    expect(tables).toContain('FOLLOWED_UP');
    expect(tables).toBe(tablesOf(expected));
  });

  test('shows at every process that it lives and is ready', async () => {
    const services = running.cluster.replicas.all().filter(({ program }) => program.part !== 'channel-simulator');
    const partsOf = async (url = '') => {
      const answer = await fetch(`${url}/health/ready`);
      return (await answer.json()) as { ready: boolean; parts: { part: string; ready: boolean }[] };
    };
    const all = await Promise.all(services.map(({ url }) => partsOf(url)));
    expect(all.flatMap(({ parts }) => parts).filter(({ ready }) => !ready)).toEqual([]);
    expect(all.map(({ ready }) => ready)).toEqual(services.map(() => true));
  });

  test('shows the documented metrics, with conventional names', async () => {
    const shown = await shownMetrics(running.cluster);
    expect(shown).toEqual(documentedMetrics());
    expect(unconventional(shown)).toEqual([]);
    const lags = await samplesOf(running.cluster, 'poinciana_consumer_partition_lag_events');
    expect(new Set(lags.map(({ labels }) => labels)).size % LOG_PARTITIONS).toBe(0);
    expect(lags.length).toBeGreaterThan(LOG_PARTITIONS);
  });

  test.each(FAULTS)('$name: nothing is lost, nothing applied twice, nobody contacted twice', async (fault) => {
    load ??= await PeopleLoad.prepare(running.cluster);
    load.start(fault.loadEveryMs);
    await pause(WORK_MS);
    await fault.strike(running);
    await pause(WORK_MS);
    await load.stop();
    await untilCalm(running, load);
    const { findings, ...counts } = await auditOf(running.cluster, load);
    process.stderr.write(`${fault.name}: ${JSON.stringify({ ...counts, requestsSentAgain: load.retries })}\n`);
    expect(findings).toEqual([]);
    expect(running.output()).not.toContain('FAILURE');
  });
});
