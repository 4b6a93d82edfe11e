import type { Cluster } from '../src/index.js';

/** One figure that a replica shows to Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

/** What the replicas of the cluster show; one that cannot be asked just now shows nothing. */
export async function samplesOf(cluster: Cluster, metric: string): Promise<readonly Sample[]> {
  const pages = await Promise.all(
    cluster.replicas.all().map(async ({ url }) => {
      const page = url === undefined ? undefined : await fetch(`${url}/metrics`).catch(() => undefined);
      return page?.ok === true ? page.text() : '';
    }),
  );
  return pages.flatMap((page) =>
    page.split('\n').flatMap((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(\{.*\})? (\S+)$/.exec(line) ?? [];
      return name === metric ? [{ name, labels, value: Number(value === 'Nan' ? 'NaN' : value) }] : [];
    }),
  );
}
