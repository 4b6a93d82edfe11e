import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RebuildViews } from '../src/rebuild/rebuild-views.js';
import { REPORTING_ROLE, REPORTING_SCHEMA, REPORTING_VIEWS } from '../src/reporting/reporting-sql.js';
import { ProjectingService } from './projecting-service.js';
import { CAMPAIGN, idOf, instantAt, OTHER_WORKSPACE, SpecLog, WORKSPACE } from './stored-events.js';

const DOCUMENT = fileURLToPath(new URL('../../../docs/reference/sql-views.md', import.meta.url));

let service: ProjectingService;
beforeAll(async () => {
  service = await ProjectingService.start();
  const log = new SpecLog();
  for (const [number, workspace] of [WORKSPACE, WORKSPACE, OTHER_WORKSPACE].entries()) {
    const id = idOf(`person ${number}`);
    const communication = { id: idOf(`communication ${number}`), participantId: id };
    log.participant('ParticipantCreated', { id }, { name: 'Anna', email: 'anna@example.com' }, { workspace });
    log.run(id, [{ nodeId: 'created', type: 'participant-created', output: 'out' }], {}, undefined, { workspace });
    log.communication('CommunicationPlanned', { ...communication, status: 'Planned' }, { workspace });
    const replied = { startedAt: instantAt(10), repliedAt: instantAt(100) };
    log.communication('CommunicationReplied', { ...communication, status: 'Replied', ...replied }, { workspace });
  }
  await service.append(log.events);
  await service.consume();
  await service.caughtUp();
  await service.pool.query(`
    CREATE ROLE report_reader LOGIN PASSWORD 'spec' IN ROLE ${REPORTING_ROLE};
    INSERT INTO ${REPORTING_SCHEMA}.workspace_access VALUES ('report_reader', '${WORKSPACE}')`);
});
afterAll(() => service.stop());

/** As that user sees it; a superuser may become anybody. */
async function asReader<Row extends object>(sql: string): Promise<readonly Row[]> {
  const client = await service.pool.connect();
  try {
    await client.query('SET SESSION AUTHORIZATION report_reader');
    return (await client.query<Row>(sql)).rows;
  } finally {
    client.release(true);
  }
}

describe('the SQL views', () => {
  it('show their rows of the granted workspace only, and adding them up gives the numbers', async () => {
    const count = async (view: string, sum: string) =>
      (await asReader<{ n: string }>(`SELECT ${sum} AS n FROM ${REPORTING_SCHEMA}.${view}`))[0]?.n;
    expect(await count('participants', 'count(*)')).toBe('2');
    expect(await count('participants_hourly', 'sum(joined)')).toBe('2');
    expect(await count('communications', `count(*) FILTER (WHERE status_group = 'successful')`)).toBe('2');
    expect(await count('communications_hourly', `sum(communications) FILTER (WHERE moment = 'planned')`)).toBe('2');
    expect(await count('reply_times_hourly', 'sum(seconds)')).toBe('180');
    expect(await count('node_visits_hourly', 'sum(runs)')).toBe('2');
    const rows = await asReader<{ workspace: string; campaign_id: string }>(
      `SELECT * FROM ${REPORTING_SCHEMA}.communications`,
    );
    expect(rows).toMatchObject([{ workspace: WORKSPACE, campaign_id: CAMPAIGN }, { workspace: WORKSPACE }]);
  });

  it('can be read and nothing else, and say nothing about a person', async () => {
    await expect(asReader('SELECT * FROM analytics_projections.participant')).rejects.toThrow('permission denied');
    await expect(asReader(`DELETE FROM ${REPORTING_SCHEMA}.participants`)).rejects.toThrow('permission denied');
    await expect(
      asReader(`INSERT INTO ${REPORTING_SCHEMA}.workspace_access VALUES ('report_reader', '${OTHER_WORKSPACE}')`),
    ).rejects.toThrow('permission denied');
    for (const view of Object.keys(REPORTING_VIEWS))
      expect(JSON.stringify(await asReader(`SELECT * FROM ${REPORTING_SCHEMA}.${view}`))).not.toMatch(/anna/i);
  });

  it('are there after a rebuild', async () => {
    const rebuild = new RebuildViews(service.rebuild);
    rebuild.start();
    await rebuild.ending();
    expect(await rebuild.status()).toMatchObject({ state: 'done' });
    expect(await asReader(`SELECT * FROM ${REPORTING_SCHEMA}.participants`)).toHaveLength(2);
  });

  it('are described with every column', async () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const { rows } = await service.pool.query<{ view: string; column: string }>(
      `SELECT table_name AS view, column_name AS column FROM information_schema.columns WHERE table_schema = $1 AND table_name <> 'workspace_access'`,
      [REPORTING_SCHEMA],
    );
    const sections = new Map(text.split(/^## /m).map((section) => [/^`(\w+)`/.exec(section)?.[1] ?? '', section]));
    expect([...sections.keys()].filter((name) => name !== '').toSorted()).toEqual(
      Object.keys(REPORTING_VIEWS).toSorted(),
    );
    expect(rows.filter(({ view, column }) => !(sections.get(view) ?? '').includes(`\`${column}\``))).toEqual([]);
  });
});
