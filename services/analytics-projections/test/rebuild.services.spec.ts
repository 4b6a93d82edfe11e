import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { CLAIM_LEAP } from '@poinciana/messaging-log';
import fc from 'fast-check';
import { projectionsOf } from '../src/projections.js';
import { RebuildViews } from '../src/rebuild/rebuild-views.js';
import { VerifyViews, type Verification } from '../src/rebuild/verify-views.js';
import { ProjectingService, SCHEMA } from './projecting-service.js';
import { randomHistory } from './random-history.js';
import { CAMPAIGN, idOf, OTHER_WORKSPACE, SpecLog, WORKSPACE } from './stored-events.js';

let service: ProjectingService;
beforeEach(async () => {
  service = await ProjectingService.start();
});
afterEach(() => service.stop());

async function verified(): Promise<Verification> {
  const verify = new VerifyViews(service.rebuild);
  verify.start();
  await verify.ending();
  const { verification, problem } = await verify.status();
  if (verification === null) throw new Error(`Nothing was compared: ${problem}`);
  return verification;
}

async function rebuilt(): Promise<void> {
  const rebuild = new RebuildViews(service.rebuild);
  rebuild.start();
  await rebuild.ending();
  expect(await rebuild.status()).toMatchObject({ state: 'done', problem: null });
}

/** People of two workspaces, many enough for several batches. */
function crowd(people: number): SpecLog {
  const log = new SpecLog();
  log.campaign('CampaignCreated', { id: CAMPAIGN });
  for (let number = 0; number < people; number += 1) {
    const place = { workspace: number % 2 === 0 ? WORKSPACE : OTHER_WORKSPACE };
    const id = idOf(`person ${number}`);
    log.participant('ParticipantCreated', { id }, { name: `P${number}`, amount: number }, place);
    log.run(id, [{ nodeId: 'created', type: 'participant-created', output: 'out' }], {}, undefined, place);
    log.communication('CommunicationPlanned', { id: idOf(`c${number}`), participantId: id, status: 'Planned' }, place);
  }
  return log;
}

/** Whether it asks for tables, or has asked and will again. */
async function isSwapAtTheDoor(): Promise<boolean> {
  const { rows } = await service.pool.query(
    `SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted AND relation = 'participant'::regclass`,
  );
  return rows.length > 0;
}

describe('verify', () => {
  it('finds the same after any history, in any batches, with consumers that stop and start again', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(randomHistory, sizes, async ({ redacted: events }, batches) => {
        await service.stop();
        service = await ProjectingService.start();
        await service.append(events);
        for (const eventsMax of batches) {
          await service.consume(eventsMax);
          await service.rest();
        }
        await service.consume();
        await service.caughtUp();
        const { matches, firstDifference } = await verified();
        expect({ matches, firstDifference }).toEqual({ matches: true, firstDifference: null });
      }),
      { numRuns: 5 },
    );
  });

  it('compares what the consumers have handled, while they are behind', async () => {
    const { events } = crowd(60);
    await service.append(events.slice(0, 100));
    await service.consume(7);
    await service.caughtUp();
    await service.rest();
    await service.append(events.slice(100));
    expect(await verified()).toMatchObject({ matches: true, position: 100 });
  });

  it('names the first row that differs, and its columns, by campaign and workspace', async () => {
    await service.append(crowd(40).events);
    await service.consume();
    await service.caughtUp();
    await service.pool.query(`UPDATE participant SET name = 'tampered' WHERE id = $1`, [idOf('person 7')]);
    const found = await verified();
    expect(found.matches).toBe(false);
    expect(found.firstDifference).toEqual({
      table: 'participant',
      campaignId: CAMPAIGN,
      workspace: OTHER_WORKSPACE,
      row: idOf('person 7'),
      columns: ['name'],
    });
    expect(found.tables.filter(({ matches }) => !matches)).toMatchObject([
      { table: 'participant', workspace: OTHER_WORKSPACE, rows: 20, expectedRows: 20 },
    ]);
  });
});

/** The rights that were given out last. */
async function fences(): Promise<readonly number[]> {
  const { rows } = await service.pool.query<{ fence: number }>(
    'SELECT fence::float8 AS fence FROM consumer_partition ORDER BY group_name, shard, partition',
  );
  return rows.map(({ fence }) => fence);
}

describe('rebuild', () => {
  it('leaps over every right that a crash may have taken back', async () => {
    await service.append(crowd(2).events);
    await service.consume();
    await service.caughtUp();
    await service.rest();
    const before = await fences();
    await rebuilt();
    expect(await fences()).toEqual(before.map((fence) => fence + CLAIM_LEAP));
  });

  it('puts right what was wrong, keeps every index and what is known for it, and the consumers go on', async () => {
    const { events } = crowd(200);
    await service.append(events.slice(0, 400));
    await service.consume();
    await service.caughtUp();
    await service.pool.query(`DELETE FROM participant WHERE id = $1`, [idOf('person 3')]);
    await service.pool.query(`CREATE INDEX asked_for ON participant (("values" ->> 'amount'))`);
    await service.pool.query(`CREATE STATISTICS asked_for ON ("values" ->> 'amount') FROM participant`);
    const indexes = `SELECT indexdef FROM pg_indexes WHERE schemaname = '${SCHEMA}'
      UNION ALL SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext WHERE stxnamespace = '${SCHEMA}'::regnamespace ORDER BY 1`;
    const before = (await service.pool.query(indexes)).rows;
    await rebuilt();
    await service.append(events.slice(400));
    await service.caughtUp();
    expect(await verified()).toMatchObject({ matches: true, position: events.length });
    expect((await service.pool.query(indexes)).rows).toEqual(before);
    const asked = before.filter(({ indexdef }: { indexdef: string }) => indexdef.includes('asked_for'));
    expect(asked).toHaveLength(2);
    const { rows } = await service.pool.query(`SELECT FROM pg_namespace WHERE nspname = '${SCHEMA}_next'`);
    expect(rows).toEqual([]);
  });

  it('swaps under reads and writes: nobody sees a table that is missing or half full', async () => {
    const { events } = crowd(300);
    await service.append(events.slice(0, 600));
    await service.consume();
    await service.caughtUp();
    let isOver = false;
    const seen: number[] = [];
    const reading = (async () => {
      while (!isOver) {
        const { rows } = await service.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM participant');
        seen.push(rows[0]?.count ?? 0);
      }
    })();
    const writing = service.append(events.slice(600));
    await rebuilt();
    await writing;
    await service.caughtUp();
    isOver = true;
    await reading;
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen[0]).toBeGreaterThanOrEqual(200);
    expect(await verified()).toMatchObject({ matches: true });
  });

  it('waits for who holds a table, and holds up nobody else meanwhile', async () => {
    await service.append(crowd(40).events);
    await service.consume();
    await service.caughtUp();
    const { participants } = projectionsOf(service.pool);
    const holder = await service.pool.connect();
    await holder.query('BEGIN; SELECT FROM participant LIMIT 1');
    const rebuilding = rebuilt();
    try {
      while (!(await isSwapAtTheDoor())) await pause(20);
      const query = { workspace: WORKSPACE, campaignId: CAMPAIGN, sort: 'name', direction: 'asc', limit: 1 } as const;
      for (let time = 0; time < 100; time += 1) {
        expect(await participants.list(query)).toMatchObject({ total: 20 });
        await pause(20);
      }
      // It holds none of what comes before in its order either: what was read in another order goes on.
      await holder.query('SELECT FROM communication LIMIT 1; COMMIT');
    } finally {
      holder.release(true);
    }
    await rebuilding;
    expect(await verified()).toMatchObject({ matches: true });
  });

  it('goes on where it was when its process ended in the middle', async () => {
    await service.append(crowd(100).events);
    await service.consume();
    await service.caughtUp();
    const [slow, ...others] = service.rebuild.groups;
    if (slow === undefined) throw new Error('There are no groups');
    const stuck = {
      ...slow,
      handle: async () => new Promise<never>((_, reject) => setTimeout(reject, 300, new Error('slow'))),
    };
    const first = new RebuildViews({ ...service.rebuild, groups: [stuck, ...others] });
    first.start();
    expect(() => first.start()).toThrow('already');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await first.status()).toMatchObject({ state: 'running' });
    await first.stop();
    expect(await first.status()).toMatchObject({ state: 'interrupted' });
    const { rows } = await service.pool.query<{ position: string }>(
      `SELECT max(position) AS position FROM ${SCHEMA}_next.consumer_partition WHERE group_name <> $1`,
      [slow.name],
    );
    expect(Number(rows[0]?.position)).toBeGreaterThan(0);
    await rebuilt();
    expect(await verified()).toMatchObject({ matches: true });
  });

  it('hands over the dead letters of the replay, and loses those that went well', async () => {
    const { events } = crowd(20);
    await service.append(events);
    const bad = events.find(({ type }) => type === 'ParticipantCreated')?.id;
    const groups = service.rebuild.groups.map((group) => ({
      ...group,
      handle: async (batch: Parameters<typeof group.handle>[0]) => {
        if (batch.events.some(({ id }) => id === bad)) throw new Error('It cannot be shown');
        return group.handle(batch);
      },
    }));
    await service.consume();
    await service.caughtUp();
    const letters = async () =>
      (await service.pool.query<{ event_id: string }>('SELECT event_id FROM dead_letter')).rows.map(
        (row) => row.event_id,
      );
    const failing = new RebuildViews({ ...service.rebuild, groups });
    failing.start();
    await failing.ending();
    expect(await failing.status()).toMatchObject({ state: 'done' });
    expect(await letters()).toContain(bad);
    expect(await verified()).toMatchObject({ matches: true, deadLetters: 1 });
    await rebuilt();
    expect(await letters()).toEqual([]);
  });
});
