import { readFileSync } from 'node:fs';
import { packageFolder } from '@poinciana/service-kit';
import type { Cluster } from '../src/index.js';

/** What is known of a metric without its figures. */
export type MetricTypes = Readonly<Record<string, string>>;

/** The metrics of our own that the processes of a cluster show, with their types. */
export async function shownMetrics(cluster: Cluster): Promise<MetricTypes> {
  const services = cluster.replicas.all().filter(({ program }) => program.part !== 'channel-simulator');
  const pages = await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const shown = pages.flatMap((page) => [...page.matchAll(/^# TYPE (poinciana_\w+) (\w+)$/gm)]);
  return Object.fromEntries(shown.map(([, name = '', type = '']) => [name, type] as const).toSorted());
}

/** The metrics that docs/reference/metrics.md lists, with their types. */
export function documentedMetrics(): MetricTypes {
  const page = readFileSync(packageFolder(import.meta.url, '../../docs/reference/metrics.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(poinciana_\w+)`\s*\| (\w+)/gm)];
  return Object.fromEntries(listed.map(([, name = '', type = '']) => [name, type] as const).toSorted());
}

/** Names against the conventions of Prometheus: only counters end in `_total`, and all of them do. */
export function unconventional(metrics: MetricTypes): readonly string[] {
  return Object.entries(metrics)
    .filter(
      ([name, type]) => name.endsWith('_total') !== (type === 'counter') || /_(ms|millis|kb|mb|count)$/.test(name),
    )
    .map(([name, type]) => `${name} is a ${type}`);
}
