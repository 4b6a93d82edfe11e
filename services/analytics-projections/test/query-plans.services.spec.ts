import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresParticipantView } from '../src/views/participants/postgres-participant-view.js';
import { PARTICIPANT_SORTS } from '../src/views/participants/participant-view.js';
import { FieldIndexes } from '../src/views/participants/field-indexes.js';
import { type PlannedQuery, recordedQueries, type RecordedQueries } from './recorded-queries.js';
import { seedManyCampaigns, SEEDED } from './seeded-campaigns.js';
import { PostgresStore } from './view-stores.js';

/** Tables that grow with people and with what happens to them. */
const LARGE = ['participant', 'communication', 'session', 'session_message', 'activity', 'activity_series'];

let postgres: PostgresStore;
let queries: RecordedQueries;
beforeAll(async () => {
  postgres = await PostgresStore.start();
  await seedManyCampaigns(postgres.pool);
  queries = recordedQueries(postgres.pool);
});
afterAll(() => postgres.stop());

const { workspace, campaignId, participantId, customerId, sessionId, at, id } = SEEDED;
const PAGES = (['asc', 'desc'] as const).flatMap((direction) =>
  [{}, { after: { value: at, id } }].map((end) => ({ workspace, direction, limit: 51, ...end })),
);
const EVER = {
  workspace,
  campaignIds: [campaignId],
  from: '2000-01-01T00:00:00.000Z',
  before: '2100-01-01T00:00:00.000Z',
};

/** Statements of some reading that look through a large table. */
async function scansOf(read: () => Promise<unknown>): Promise<readonly PlannedQuery[]> {
  const plans = await queries.plansOf(read);
  if (plans.length === 0) throw new Error('Nothing was read');
  // A total has bounds of its own, in rows and in time, and where a whole workspace is counted no index helps.
  const lists = plans.filter(({ sql }) => !sql.startsWith('SELECT count(*)'));
  return lists.filter(({ scanned }) => scanned.some((table) => LARGE.includes(table)));
}

describe('every list looks into an index', () => {
  it.each(PARTICIPANT_SORTS)('participants by %s, with every filter', async (sort) => {
    const { participants } = postgres.views();
    const isInstant = sort === 'createdAt' || sort === 'updatedAt';
    const filters = [
      {},
      { name: 'first7' },
      { email: 'person.12' },
      { phone: '346001' },
      { externalId: 'c00012' },
      { createdFrom: at, createdBefore: '2026-11-21T00:00:00.000Z' },
      { updatedFrom: at, updatedBefore: '2026-11-21T00:00:00.000Z' },
    ];
    for (const page of PAGES.map(({ after, ...rest }) =>
      after === undefined ? rest : { ...rest, after: isInstant ? after : { value: 'k', id } },
    ))
      for (const filter of filters)
        expect(await scansOf(() => participants.list({ campaignId, sort, ...page, ...filter }))).toEqual([]);
  });

  it('participants by a field that somebody asked an index for', async () => {
    const indexes = new FieldIndexes(postgres.pool);
    await indexes.build(campaignId, 'amount', 'numeric', ['amount']);
    await indexes.settled();
    const conditions = [{ field: 'amount', type: 'numeric', operator: 'isEqualTo', values: [7.25] }] as const;
    const view = new PostgresParticipantView(postgres.pool);
    for (const sort of PARTICIPANT_SORTS)
      expect(
        await scansOf(() => view.list({ workspace, campaignId, sort, direction: 'asc', limit: 51, conditions })),
      ).toEqual([]);
  });

  it('people and customers', async () => {
    const { participants } = postgres.views();
    expect(await scansOf(() => participants.search(workspace, { text: 'first7', phone: '346001' }, 50))).toEqual([]);
    expect(await scansOf(() => participants.find(workspace, [participantId]))).toEqual([]);
    expect(await scansOf(() => participants.ofCustomer(workspace, customerId, 200))).toEqual([]);
    expect(await scansOf(() => participants.campaignsOf(workspace, [customerId]))).toEqual([]);
    for (const page of PAGES)
      for (const beginning of [{}, { beginning: { text: 'person.12', phone: '346001' } }])
        expect(await scansOf(() => participants.customers({ ...page, ...beginning }))).toEqual([]);
  });

  it('communications of a participant, of a campaign and of the workspace', async () => {
    const { communications } = postgres.views();
    const filters = [
      {},
      { statuses: ['Planned'] },
      { name: 'NAME_3', channelType: 'email' },
      { plannedFrom: at, plannedBefore: at },
    ];
    for (const owner of [{ participantId }, { campaignId }, 'workspace'] as const)
      for (const page of PAGES)
        for (const filter of filters)
          expect(await scansOf(() => communications.list({ of: owner, ...page, ...filter }))).toEqual([]);
    expect(await scansOf(() => communications.summaries(workspace, [{ id: participantId, life: 1 }]))).toEqual([]);
  });

  it('sessions and what was said', async () => {
    const { sessions } = postgres.views();
    for (const page of PAGES)
      for (const filter of [{}, { participantId }, { campaignId }, { text: 'word12' }, { agentId: 'agent' }])
        expect(await scansOf(() => sessions.list({ ...page, ...filter }))).toEqual([]);
    expect(await scansOf(() => sessions.find(workspace, sessionId))).toEqual([]);
    expect(await scansOf(() => sessions.messages(workspace, sessionId))).toEqual([]);
    expect(await scansOf(() => sessions.incomingOf(workspace, participantId, 50))).toEqual([]);
  });

  it('numbers and roll-ups', async () => {
    const { activity, counters } = postgres.views();
    expect(await scansOf(() => counters.of(workspace, campaignId))).toEqual([]);
    expect(await scansOf(() => activity.points(EVER, 'day', 'Europe/Madrid'))).toEqual([]);
    expect(await scansOf(() => activity.sums({ ...EVER, from: at, before: '2026-11-21T07:00:00.000Z' }))).toEqual([]);
    expect(await scansOf(() => activity.visits(EVER))).toEqual([]);
  });

  it('would tell a list that looks through a table', async () => {
    const look = () => postgres.pool.query(`SELECT FROM participant WHERE object_id = 'nothing'`);
    expect(await queries.plansOf(look)).toMatchObject([{ scanned: ['participant'] }]);
  });
});
