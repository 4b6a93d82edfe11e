import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootViews, type BootedViews } from './booted-views.js';
import { CAMPAIGN, OTHER_WORKSPACE, WORKSPACE } from './stored-events.js';
import { FLOW, UPLOAD } from './story.js';
import { anna, carla, tellStory, type ToldViews } from './told-story.js';

let views: BootedViews;
let told: ToldViews;

beforeAll(async () => {
  views = await bootViews();
  told = await tellStory(views);
});
afterAll(() => views.stop());

describe('the Participants tab', () => {
  it('shows who is in the campaign, with contacts and results', async () => {
    await told.read(`/campaigns/${CAMPAIGN}/communications`);
    expect(await told.read(`/campaigns/${CAMPAIGN}/participants?sort=name&direction=asc`)).toMatchObject({
      total: 4,
      items: [
        {
          id: anna.id,
          name: 'Anna Kowalska',
          phone: '34600111222',
          communications: 1,
          statuses: { Completed: 1 },
          groups: { inProgress: 0, successful: 1, notCompleted: 0 },
          lastContact: {
            name: 'REMINDED_DUE_DATE',
            channelType: 'whatsapp',
            status: 'Completed',
            at: '2026-11-20T09:00:10.000Z',
          },
          outcome: { result: 'promised', at: '2026-11-20T09:02:00.000Z' },
        },
        { name: 'Ben', email: null, communications: 0, lastContact: null, outcome: null },
        { name: 'Carla', groups: { inProgress: 0, successful: 0, notCompleted: 1 }, outcome: { result: 'Skipped' } },
        { name: 'Dora', communications: 0 },
      ],
    });
  });

  it('goes page by page and finds people of an upload', async () => {
    const path = `/campaigns/${CAMPAIGN}/participants?sort=name&direction=asc&uploadId=${UPLOAD}&limit=3`;
    const first = (await told.read(path)) as { items: { name: string }[]; next: string; previous?: string };
    expect(first.items.map(({ name }) => name)).toEqual(['Anna Kowalska', 'Ben', 'Carla']);
    const second = (await told.read(`${path}&after=${first.next}`)) as typeof first;
    expect([second.items.map(({ name }) => name), second.next]).toEqual([['Dora'], undefined]);
    const back = (await told.read(`${path}&before=${second.previous}`)) as typeof first;
    expect(back).toMatchObject({ items: first.items, next: first.next, isTotalEstimated: false });
    expect([first.previous, back.previous]).toEqual([undefined, undefined]);
    const newest = (await told.read(`${path.replace('limit=3', 'limit=1')}&before=${second.previous}`)) as typeof first;
    expect(newest.items.map(({ name }) => name)).toEqual(['Carla']);
    expect(newest.previous).toBeDefined();
  });

  it('finds people by a field, by the status of a communication, and over all campaigns by any identity', async () => {
    await told.read(`/campaigns/${CAMPAIGN}/communications`);
    const list = `/campaigns/${CAMPAIGN}/participants?sort=name&direction=asc`;
    const names = async (path: string, workspace?: string) =>
      ((await told.read(path, workspace)) as { items: { name: string }[] }).items.map(({ name }) => name);
    expect(await names(`${list}&field=due_date:isBefore:2026-11-20`)).toEqual(['Ben']);
    expect(await names(`${list}&field=due_date:isOnOrAfter:2026-11-20&field=amount:isSet`)).toEqual(['Anna Kowalska']);
    expect(await names(`${list}&status=Completed`)).toEqual(['Anna Kowalska']);
    expect(await names(`${list}&name=DO`)).toEqual(['Dora']);
    await told.read('/campaigns');
    expect(await names('/people?q=anna@')).toEqual(['Anna Kowalska']);
    expect(await names('/people?q=%2B34%20600%203')).toEqual(['Ben']);
    expect(await names('/people?q=anna@', OTHER_WORKSPACE)).toEqual([]);
    const refused = await views.get(`${list}&field=nobody:isSet`, WORKSPACE);
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'invalid_filter' }]);
  });

  it('gives the list as CSV that no spreadsheet takes for formulas', async () => {
    await told.read(`/campaigns/${CAMPAIGN}/communications`);
    const answer = await views.get(`/campaigns/${CAMPAIGN}/participants.csv?sort=name&direction=asc`, WORKSPACE);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, first, ...rest] = (await answer.text()).split('\r\n');
    expect(header).toMatch(/^external_id,name,email,phone,.*due_date,.*,result_at,created_at,updated_at$/);
    expect(first).toContain('C1,Anna Kowalska,anna@example.com,34600111222');
    expect(first).toContain(',1,REMINDED_DUE_DATE,whatsapp,Completed,2026-11-20T09:00:10.000Z,promised,');
    expect(rest).toHaveLength(4);
    const stranger = await views.get(`/campaigns/${CAMPAIGN}/participants.csv`, OTHER_WORKSPACE);
    expect((await stranger.text()).split('\r\n')).toHaveLength(2);
  });

  it('makes an index on a field when asked, and knows how it is', async () => {
    const path = `/campaigns/${CAMPAIGN}/field-indexes`;
    expect((await views.send('PUT', `${path}/amount`, WORKSPACE, 'viewer')).status).toBe(403);
    expect((await views.send('PUT', `${path}/nobody`, WORKSPACE, 'manager')).status).toBe(404);
    expect((await views.send('PUT', `${path}/amount`, OTHER_WORKSPACE, 'manager')).status).toBe(404);
    expect((await views.send('PUT', `${path}/amount`, WORKSPACE, 'manager')).status).toBe(202);
    const state = async () =>
      ((await told.read(path)) as { items: { field: string; state: string }[] }).items.find(
        ({ field }) => field === 'amount',
      )?.state;
    while ((await state()) !== 'ready') await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await views.send('DELETE', `${path}/amount`, WORKSPACE, 'manager')).status).toBe(204);
    expect(await state()).toBe('none');
  });

  it('shows the communications of the whole workspace', async () => {
    await told.read('/campaigns');
    const all = (await told.read('/communications?direction=asc')) as { total: number; items: object[] };
    expect(all).toMatchObject({
      total: 2,
      items: [
        { participantName: 'Anna Kowalska', campaignId: CAMPAIGN, group: 'successful' },
        { participantName: 'Carla' },
      ],
    });
    expect(await told.read('/communications?status=Skipped')).toMatchObject({
      total: 1,
      items: [{ participantName: 'Carla' }],
    });
    expect(await told.read('/communications', OTHER_WORKSPACE)).toMatchObject({ total: 0, items: [] });
  });

  it('shows the details in the order of the Data tab', async () => {
    const details = (await told.read(`/participants/${anna.id}`)) as { fields: { name: string; value: unknown }[] };
    expect(details).toMatchObject({ timeZone: 'Asia/Dubai', uploadIds: [UPLOAD], campaignId: CAMPAIGN });
    expect(details.fields.map(({ name }) => name).slice(-4)).toEqual([
      'web_id',
      'is_payment_received',
      'due_date',
      'amount',
    ]);
    expect(details.fields.find(({ name }) => name === 'amount')).toEqual({
      name: 'amount',
      title: 'Amount',
      type: 'numeric',
      level: 'participant',
      value: 99,
    });
  });

  it('shows a communication with its reason', async () => {
    expect(await told.read(`/participants/${carla.id}/communications`)).toMatchObject({
      total: 1,
      items: [
        {
          name: 'REMINDED_BEFORE_2D',
          status: 'Skipped',
          reason: { code: 'no_address', sentence: expect.stringContaining('address') },
        },
      ],
    });
    const filtered = await told.read(`/campaigns/${CAMPAIGN}/communications?status=Skipped,Failed&code=no_address`);
    expect(filtered).toMatchObject({ total: 1, items: [{ participantName: 'Carla' }] });
  });
});

describe('the numbers', () => {
  it('add up', async () => {
    const numbers = await eventually(
      `/campaigns/${CAMPAIGN}/counters`,
      (answer) => (answer as { runs: { total: number } }).runs.total === 4,
    );
    expect(numbers).toEqual({
      participants: 4,
      communications: {
        total: 2,
        groups: { inProgress: 0, successful: 1, notCompleted: 1 },
        statuses: { Completed: 1, Skipped: 1 },
        names: [
          { name: 'REMINDED_BEFORE_2D', total: 1, statuses: { Skipped: 1 } },
          { name: 'REMINDED_DUE_DATE', total: 1, statuses: { Completed: 1 } },
        ],
      },
      runs: {
        total: 4,
        failed: 0,
        flows: [
          {
            flowId: FLOW,
            flowName: 'Payment reminder',
            trigger: 'Communication Ended',
            runs: 1,
            failed: 0,
            paths: [{ nodeIds: ['no-response'], title: 'stopped at No response (Else)', people: 1 }],
          },
          {
            flowId: FLOW,
            flowName: 'Payment reminder',
            trigger: 'Participant Created',
            runs: 3,
            failed: 0,
            paths: [
              { nodeIds: ['remind-before'], title: 'Early reminder', people: 1 },
              { nodeIds: ['remind-due-date'], title: 'Final reminder', people: 1 },
              { nodeIds: ['due-today-or-later'], title: 'stopped at Due today or later (Else)', people: 1 },
            ],
          },
        ],
      },
      reasons: [
        { code: 'no_address', status: 'Skipped', count: 1, sentence: expect.any(String), advice: expect.any(String) },
      ],
    });
    expect(await told.read(`/campaigns/${CAMPAIGN}/not-sent`)).toMatchObject({
      items: [{ code: 'no_address', status: 'Skipped', count: 1 }],
    });
  });

  /** The groups of runs and participants are read without waiting for them. */
  async function eventually(path: string, isThere: (answer: unknown) => boolean): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await told.read(path);
      if (isThere(answer) || attempt === 500) return answer;
    }
  }
});

describe('analytics', () => {
  it('tell a campaign over time, and add up', async () => {
    const read = (await told.read(`/campaigns/${CAMPAIGN}/analytics`)) as Record<string, unknown> & {
      series: { joined: number; planned: number }[];
      nodes: { planned: number }[];
    };
    expect(read).toMatchObject({
      joined: 4,
      planned: 2,
      started: 1,
      replied: 1,
      ended: 2,
      groups: { inProgress: 0, successful: 1, notCompleted: 1 },
      statuses: { Completed: 1, Skipped: 1 },
      flows: [{ id: FLOW, title: 'Payment reminder', planned: 2 }],
      channels: [{ id: 'whatsapp', planned: 2, statuses: { Completed: 1, Skipped: 1 } }],
      agents: [{ title: 'Collections Bot', planned: 2 }],
      reasons: [{ code: 'no_address', status: 'Skipped', count: 1 }],
      timeToReply: { replies: 1 },
    });
    expect(read.series.reduce((sum, { joined }) => sum + joined, 0)).toBe(4);
    expect(read.nodes.reduce((sum, { planned }) => sum + planned, 0)).toBe(2);
    const later = await told.read(`/campaigns/${CAMPAIGN}/analytics?from=2026-11-21T00:00:00Z`);
    expect(later).toMatchObject({ joined: 0, planned: 0, series: [], timeToReply: { averageSeconds: null } });
    expect(await told.read(`/campaigns/${CAMPAIGN}/analytics`, OTHER_WORKSPACE)).toMatchObject({
      joined: 0,
      planned: 0,
    });
  });

  it('show the funnel of each version: what enters a node leaves it or stops there', async () => {
    const { items } = (await told.read(`/campaigns/${CAMPAIGN}/funnel`)) as {
      items: {
        version: number;
        nodes: { id: string; entered: number; stopped: number }[];
        edges: { from: string; taken: number }[];
      }[];
    };
    expect(items).toHaveLength(1);
    for (const { nodes, edges } of items)
      for (const { id, entered, stopped } of nodes)
        expect(edges.filter(({ from }) => from === id).reduce((sum, { taken }) => sum + taken, stopped)).toBe(entered);
    expect(items[0]?.nodes.reduce((most, { entered }) => Math.max(most, entered), 0)).toBe(3);
    expect(await told.read(`/campaigns/${CAMPAIGN}/funnel?version=2`)).toEqual({ items: [] });
    expect(await told.read(`/campaigns/${CAMPAIGN}/funnel`, OTHER_WORKSPACE)).toEqual({ items: [] });
  });

  it('compare campaigns and periods', async () => {
    await told.read('/campaigns');
    const path = '/analytics?from=2026-11-20T00:00:00Z&againstBefore=2026-11-20T00:00:00Z';
    expect(await told.read(path)).toMatchObject({
      campaigns: [{ campaignId: CAMPAIGN, name: 'Payment reminder', joined: 4, planned: 2, against: { joined: 0 } }],
      total: { joined: 4, planned: 2 },
      totalAgainst: { planned: 0 },
    });
    expect(await told.read(`${path}&campaign=${CAMPAIGN}`, OTHER_WORKSPACE)).toMatchObject({
      total: { joined: 0, planned: 0 },
    });
  });
});

/** The workspace is in Madrid, an hour ahead of UTC; everything happened from 09:00 UTC on. */
describe('a day, or a time without an offset, is that of the workspace', () => {
  it.each([
    [`/communications?plannedFrom=2026-11-20T10:00`, `/communications?plannedBefore=2026-11-20T10:00`],
    [
      `/campaigns/${CAMPAIGN}/participants?createdFrom=2026-11-20T10:00`,
      `/campaigns/${CAMPAIGN}/participants?createdBefore=2026-11-20T10:00`,
    ],
    [`/sessions?openedFrom=2026-11-20T10:00`, `/sessions?openedBefore=2026-11-20T10:00`],
  ])('%s', async (from, before) => {
    const total = async (path: string) => ((await told.read(path)) as { readonly total: number }).total;
    expect(await total(from)).toBe(await total(from.replace('T10:00', 'T09:00Z')));
    expect(await total(from)).toBeGreaterThan(0);
    expect(await total(before)).toBe(0);
  });

  it('in numbers over a period too, and as of a time', async () => {
    const path = `/campaigns/${CAMPAIGN}/analytics`;
    expect(await told.read(`${path}?from=2026-11-20T10:00`)).toMatchObject({ joined: 4, planned: 2 });
    expect(await told.read(`${path}?before=2026-11-20T10:00`)).toMatchObject({ joined: 0, planned: 0 });
    const then = await views.get(`/participants/${anna.id}/why?asOf=2026-11-20T09:59`, WORKSPACE);
    expect(then.status).toBe(404);
    const later = await views.get(`/participants/${anna.id}/why?asOf=2026-11-20T10:59`, WORKSPACE);
    expect(later.status).toBe(200);
  });
});

describe('the boundaries', () => {
  it('no other workspace sees anything', async () => {
    const empty = { items: [], total: 0, isTotalEstimated: false };
    expect(await told.read(`/campaigns`, OTHER_WORKSPACE)).toEqual(empty);
    expect(await told.read(`/campaigns/${CAMPAIGN}/participants`, OTHER_WORKSPACE)).toEqual(empty);
    expect(await told.read(`/campaigns/${CAMPAIGN}/communications`, OTHER_WORKSPACE)).toEqual(empty);
    expect(await told.read(`/participants/${anna.id}/communications`, OTHER_WORKSPACE)).toEqual(empty);
    expect(await told.read(`/campaigns/${CAMPAIGN}/not-sent`, OTHER_WORKSPACE)).toEqual({ items: [] });
    expect(await told.read(`/campaigns/${CAMPAIGN}/counters`, OTHER_WORKSPACE)).toMatchObject({
      participants: 0,
      communications: { total: 0 },
      runs: { flows: [] },
    });
    for (const path of ['', '/timeline', '/why', '/why?communication=REMINDED_DUE_DATE']) {
      const answer = await views.get(`/participants/${anna.id}${path}`, OTHER_WORKSPACE);
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ code: 'participant_not_found' }),
      ]);
    }
  });

  it.each([
    `/participants/not-a-uuid`,
    `/participants/not-a-uuid/why`,
    `/participants/${anna.id}/why?communication=lower`,
    `/participants/${anna.id}/timeline?after=x`,
    `/campaigns/${CAMPAIGN}/participants?sort=amount`,
    `/campaigns/${CAMPAIGN}/participants?limit=201`,
    `/campaigns/${CAMPAIGN}/participants?after=abc`,
    `/campaigns/${CAMPAIGN}/participants?createdFrom=yesterday`,
    `/campaigns/${CAMPAIGN}/participants?createdFrom=2026-W10`,
    `/communications?plannedBefore=9999-12-31T23:59:59-12:00`,
    `/sessions?openedFrom=2026-11-20T09`,
    `/campaigns/${CAMPAIGN}/analytics?before=0000-01-01`,
    `/analytics?againstFrom=20261120`,
    `/participants/${anna.id}/why?asOf=-2026-01-01`,
    `/campaigns/${CAMPAIGN}/participants?q=a&q=b`,
    `/campaigns/${CAMPAIGN}/communications?status=Sent`,
    `/campaigns/${CAMPAIGN}/communications?code=%27;`,
  ])('refuses %s', async (path) => {
    const answer = await views.get(path, WORKSPACE);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });

  it('describes every endpoint, with what it answers', async () => {
    const document = (await (await views.get('/openapi.json', WORKSPACE)).json()) as { paths: Record<string, object> };
    expect(
      Object.keys(document.paths)
        .map((path) => path.replace('/api/views', ''))
        .toSorted(),
    ).toEqual([
      '/analytics',
      '/campaigns',
      '/campaigns/{campaignId}/analytics',
      '/campaigns/{campaignId}/communications',
      '/campaigns/{campaignId}/counters',
      '/campaigns/{campaignId}/field-indexes',
      '/campaigns/{campaignId}/field-indexes/{field}',
      '/campaigns/{campaignId}/funnel',
      '/campaigns/{campaignId}/live',
      '/campaigns/{campaignId}/not-sent',
      '/campaigns/{campaignId}/participants',
      '/campaigns/{campaignId}/participants.csv',
      '/communications',
      '/customers',
      '/customers/{id}',
      '/dead-letters',
      '/dead-letters/replay',
      '/participants/{id}',
      '/participants/{id}/communications',
      '/participants/{id}/timeline',
      '/participants/{id}/why',
      '/people',
      '/rebuild',
      '/sessions',
      '/sessions/{id}',
      '/verify',
    ]);
    expect(JSON.stringify(document)).toContain('#/components/schemas/WhyParticipantAnswer');
  });

  it('logs no name, no number and no text of anybody', async () => {
    const logged = views.logged();
    expect(logged).toContain('Answered');
    for (const secret of ['Kowalska', '34600', 'pay tomorrow', 'anna@']) expect(logged).not.toContain(secret);
  });
});
