/** The program of the soak campaign `cluster-faults`: `node dist/test/soak-faults.js --minutes N --seed S`. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { derivedId } from '@poinciana/event-sourcing';
import { untilCalm } from './calm.js';
import { auditOf } from './cluster-audit.js';
import { changingReplicas, cutNetwork, killedBroker, killedDatabase, killedRelays, ON_DETOUR } from './faults.js';
import type { Fault } from './faults.js';
import { PeopleLoad } from './people-load.js';
import { runCluster } from './running-cluster.js';

const FAULTS = [killedBroker, killedDatabase, cutNetwork(30_000), changingReplicas, killedRelays(3)];
const MS_A_MINUTE = 60_000;
/** The audit reads the whole log, so a cluster does not live for ever. */
const CLUSTER_MS_MAX = 30 * MS_A_MINUTE;
const WORK_MS = 3_000;
const DEMO = { people: 100, durationSeconds: 10 };
const HEX = 16;
const HEX_DIGITS = 8;

const counts: Record<string, number> = {};
const findings: string[] = [];

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const deadline = performance.now() + Number(values.minutes) * MS_A_MINUTE;
for (let cluster = 1; performance.now() < deadline && findings.length === 0; cluster += 1) await soakCluster(cluster);
say(JSON.stringify({ findings, counts }));
process.exitCode = findings.length === 0 ? 0 : 1;

/** One cluster, with faults until its time or all time is over. */
async function soakCluster(number: number): Promise<void> {
  const end = Math.min(deadline, performance.now() + CLUSTER_MS_MAX);
  const running = await runCluster({
    onDetour: ON_DETOUR,
    settings: { 'communication-dispatch': { POINCIANA_DISPATCH_SETTLE_SECONDS: '5' } },
  });
  try {
    const { over } = await running.cluster.startDemo(DEMO);
    if (!(await over)) throw new Error(`The demo did not end: ${running.output()}`);
    const load = await PeopleLoad.prepare(running.cluster);
    for (let round = 1; performance.now() < end && findings.length === 0; round += 1) {
      const fault = chosen(number, round);
      load.start();
      await pause(WORK_MS);
      await fault.strike(running);
      await pause(WORK_MS);
      await load.stop();
      await untilCalm(running, load);
      const audit = await auditOf(running.cluster, load);
      say(`${fault.name}: ${JSON.stringify(audit)}`);
      counts[fault.name] = (counts[fault.name] ?? 0) + 1;
      findings.push(...audit.findings.map((finding) => `After ${fault.name}: ${finding}`));
      counts['events of the last cluster'] = audit.events;
      counts['people of the last cluster'] = audit.people;
    }
  } catch (error) {
    findings.push(`Cluster ${number}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await running.cluster.stop();
  }
}

/** Follows from the seed, the cluster and the round. */
function chosen(cluster: number, round: number): Fault {
  const chance = derivedId('soak', String(values.seed), String(cluster), String(round)).slice(0, HEX_DIGITS);
  const fault = FAULTS[Number.parseInt(chance, HEX) % FAULTS.length];
  if (fault === undefined) throw new RangeError('There is no fault');
  return fault;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
