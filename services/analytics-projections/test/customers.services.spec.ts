import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootViews, type BootedViews } from './booted-views.js';
import { CAMPAIGN, idOf, OTHER_WORKSPACE, WORKSPACE } from './stored-events.js';
import { anna, tellStory, type ToldViews } from './told-story.js';

let views: BootedViews;
let told: ToldViews;

beforeAll(async () => {
  views = await bootViews();
  told = await tellStory(views);
});
afterAll(() => views.stop());

describe('customers and sessions', () => {
  it('shows conversations with what was said', async () => {
    const { items } = (await told.read('/sessions?q=pay%20tomorrow')) as { items: { id: string }[] };
    expect(items).toMatchObject([{ channelType: 'whatsapp' }]);
    const one = await told.read(`/sessions/${items[0]?.id}`);
    expect(one).toMatchObject({
      transcript: expect.arrayContaining([
        expect.objectContaining({ direction: 'received', text: 'I will pay tomorrow' }),
      ]),
    });
    expect(await told.read('/sessions', OTHER_WORKSPACE)).toMatchObject({ total: 0 });
    expect((await views.get(`/sessions/${items[0]?.id}`, OTHER_WORKSPACE)).status).toBe(404);
  });

  it('finds customers by any identity, and knows nothing of those of others', async () => {
    await told.read('/campaigns');
    expect(await told.read('/customers?q=anna')).toMatchObject({
      items: [{ name: 'Anna Kowalska', campaignIds: [CAMPAIGN] }],
    });
    expect(((await told.read('/customers')) as { items: object[] }).items).toHaveLength(4);
    expect(await told.read('/customers?q=anna', OTHER_WORKSPACE)).toEqual({
      items: [],
      total: 0,
      isTotalEstimated: false,
    });
    const { items } = (await told.read('/customers?q=anna')) as { items: { id: string }[] };
    const stranger = await views.get(`/customers/${items[0]?.id}`, OTHER_WORKSPACE);
    expect([stranger.status, await stranger.json()]).toMatchObject([404, { code: 'customer_not_found' }]);
  });

  it('lists customers page by page, forwards and backwards', async () => {
    interface Customers {
      readonly items: readonly { readonly id: string }[];
      readonly total: number;
      readonly next?: string;
      readonly previous?: string;
    }
    const read = async (query: string) => (await told.read(`/customers?${query}`)) as Customers;
    const all = await read('');
    const first = await read('limit=3');
    const second = await read(`limit=3&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect([first.previous, second.next, first.total]).toEqual([undefined, undefined, 4]);
    expect((await read(`limit=3&before=${second.previous}`)).items).toEqual(first.items);
  });

  it('shows a customer in all her campaigns, beside her profile', async () => {
    const { items } = (await told.read('/customers?q=anna')) as { items: { id: string }[] };
    const id = items[0]?.id ?? '';
    const content = {
      type: 'CustomerProfileChanged',
      data: { customerId: id, changed: ['name'] },
      personal: { profile: { name: 'Anna Kowalska' }, previous: {} },
    };
    const envelope = {
      id,
      key: id,
      causation: id,
      correlation: id,
      actor: 'service:spec',
      hop: 0,
      workspace: WORKSPACE,
      time: '2026-11-20T09:00:00.000Z',
    };
    await views.store.append([
      { stream: `customer-${id}`, expectedRevision: -1, events: [{ ...envelope, ...content }] },
    ]);
    expect(await told.read(`/customers/${id}`)).toMatchObject({
      profile: { name: 'Anna Kowalska' },
      isErased: false,
      participations: [
        {
          id: anna.id,
          campaignId: CAMPAIGN,
          campaignName: 'Payment reminder',
          communications: 1,
          outcome: { result: 'promised' },
        },
      ],
    });
  });

  it('shows a customer who is in no campaign', async () => {
    const id = idOf('customer without a campaign');
    const profile = { name: 'Nora' };
    const envelope = { id, key: id, causation: id, correlation: id, actor: 'service:spec', hop: 0 };
    const event = {
      ...envelope,
      workspace: WORKSPACE,
      time: '2026-11-20T09:00:00.000Z',
      type: 'CustomerProfileChanged',
    };
    const content = { data: { customerId: id, changed: ['name'] }, personal: { profile, previous: {} } };
    await views.store.append([{ stream: `customer-${id}`, expectedRevision: -1, events: [{ ...event, ...content }] }]);
    expect(await told.read(`/customers/${id}`)).toMatchObject({ profile, isErased: false, participations: [] });
    expect((await views.get(`/customers/${id}`, OTHER_WORKSPACE)).status).toBe(404);
  });

  it('tells live what changes, as server-sent events', async () => {
    const stop = new AbortController();
    const answer = await views.get(`/campaigns/${CAMPAIGN}/live`, WORKSPACE, { 'last-event-id': '0:1' }, stop.signal);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let text = '';
    for await (const piece of answer.body ?? []) {
      text += Buffer.from(piece).toString();
      if (text.includes('event: changed')) break;
    }
    stop.abort();
    expect(text).toMatch(/^retry: 2000\nid: 0:1\n\n/);
    expect(text).toMatch(/id: 0:\d+\nevent: changed\ndata: \{/);
    expect(text).toContain(anna.id);
  });
});
