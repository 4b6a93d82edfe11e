import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PortInUseError, startChannelSimulator } from '../src/index.js';
import {
  addressOf,
  NUMBER,
  SimulatorUnderTest,
  templateMessage,
  TOKEN,
  type ErrorAnswer,
} from './simulator-under-test.js';

const withParameters = (...texts: unknown[]) => ({
  template: {
    ...templateMessage().template,
    components: [{ type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) }],
  },
});
const ofTemplate = (name: string, code = 'en') => ({
  template: { ...templateMessage().template, name, language: { code } },
});

describe('what the provider refuses', () => {
  let simulator: SimulatorUnderTest;

  beforeAll(async () => {
    simulator = await SimulatorUnderTest.start({ phoneNumberIds: [NUMBER], businessAccountId: '42' });
  });
  afterAll(() => simulator.stop());

  it.each<[string, Record<string, unknown>, number, number, RegExp]>([
    ['no messaging_product', { messaging_product: undefined }, 400, 100, /messaging_product is required/],
    ['another product', { messaging_product: 'sms' }, 400, 100, /messaging_product/],
    ['a group', { recipient_type: 'group' }, 400, 100, /recipient_type/],
    ['nobody', { to: undefined }, 400, 100, /to is required/],
    ['a name', { to: 'Ada' }, 400, 131009, /phone number/],
    ['a number that begins with 0', { to: '0170123456' }, 400, 131009, /phone number/],
    ['an unknown type', { type: 'letter' }, 400, 100, /type must be one of/],
    ['a type not played here', { type: 'image', image: { link: 'https://example.org/a.png' } }, 400, 131051, /image/],
    ['no text', { type: 'text' }, 400, 100, /text is required/],
    ['an empty text', { type: 'text', text: { body: '' } }, 400, 100, /non-empty/],
    ['a text of 4,097 characters', { type: 'text', text: { body: 'x'.repeat(4_097) } }, 400, 100, /4096/],
    ['a text outside the window', { type: 'text', text: { body: 'Hello' } }, 400, 131047, /24 hours/],
    ['no template', { template: undefined }, 400, 100, /template is required/],
    ['an unknown template', ofTemplate('nothing'), 404, 132001, /does not exist in en/],
    ['a template in another language', ofTemplate('payment_reminder', 'de'), 404, 132001, /does not exist in de/],
    ['a paused template', ofTemplate('spring_offer'), 400, 132015, /paused/],
    ['a disabled template', ofTemplate('old_offer'), 400, 132016, /disabled/],
    ['too few parameters', withParameters('Ada'), 400, 132000, /\(1\).*\(3\)/],
    ['too many parameters', withParameters('a', 'b', 'c', 'd'), 400, 132000, /\(4\).*\(3\)/],
    ['a line break in a parameter', withParameters('Ada\nBcc: all', 'b', 'c'), 400, 100, /new-line/],
    ['an empty parameter', withParameters('', 'b', 'c'), 400, 100, /required/],
    ['a text that becomes too long', withParameters('x'.repeat(1_000), 'b', 'c'), 400, 132005, /too long|translated/],
    ['an opaque string of 513 characters', { biz_opaque_callback_data: 'x'.repeat(513) }, 400, 100, /512/],
  ])('%s', async (_, change, status, code, details) => {
    const answer = await simulator.send<ErrorAnswer>(change);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error.error_data.details).toMatch(details);
    expect(answer.body.error).toMatchObject({
      type: 'OAuthException',
      fbtrace_id: expect.any(String),
      message: expect.stringContaining(`#${code}`),
    });
  });

  it('a wrong token, a path of no version, another number, and what is no JSON', async () => {
    const bearer = { authorization: `Bearer ${TOKEN}` };
    const wrong = await simulator.send<ErrorAnswer>({}, { authorization: 'Bearer other' });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 190]);
    const path = await simulator.ask<ErrorAnswer>('POST', `/latest/${NUMBER}/messages`, templateMessage(), bearer);
    expect([path.status, path.body.error.code]).toEqual([400, 100]);
    const other = await simulator.ask<ErrorAnswer>('POST', '/v23.0/555/messages', templateMessage(), bearer);
    expect(other.body.error).toMatchObject({ code: 100, error_subcode: 33 });
    const broken = await simulator.ask<ErrorAnswer>('POST', `/v23.0/${NUMBER}/messages`, '{"to":', bearer);
    expect([broken.status, broken.body.error.code]).toEqual([400, 100]);
    expect((await simulator.summary()).accepted).toBe(0);
  });

  it('lists templates with their state, page by page, to those who have the token', async () => {
    const bearer = { authorization: `Bearer ${TOKEN}` };
    type Page = {
      data: { name: string; status: string; parameter_format: string }[];
      paging: { cursors: { after: string } };
    };
    const first = await simulator.ask<Page>('GET', '/v23.0/42/message_templates?limit=4', undefined, bearer);
    const after = encodeURIComponent(first.body.paging.cursors.after);
    const second = await simulator.ask<Page>(
      'GET',
      `/v23.0/42/message_templates?limit=4&after=${after}`,
      undefined,
      bearer,
    );
    const names = [...first.body.data, ...second.body.data].map(({ name }) => name);
    expect(names).toEqual([
      'payment_reminder',
      'payment_follow_up',
      'appointment',
      'hello_world',
      'spring_offer',
      'old_offer',
    ]);
    expect(first.body.data[2]?.parameter_format).toBe('NAMED');
    const approved = await simulator.ask<Page>('GET', '/v23.0/42/message_templates?status=PAUSED', undefined, bearer);
    expect(approved.body.data.map(({ name }) => name)).toEqual(['spring_offer']);
    expect((await simulator.ask('GET', '/v23.0/42/message_templates')).status).toBe(401);
    expect((await simulator.ask('GET', '/v23.0/43/message_templates', undefined, bearer)).status).toBe(400);
  });

  it('messages beyond the throughput of a number, and too many to one person', async () => {
    const limited = await SimulatorUnderTest.start({ messagesPerSecondMax: 1, pairRate: null });
    const paired = await SimulatorUnderTest.start({ pairRate: { burst: 2, intervalMs: 3_600_000 } });
    try {
      await limited.send();
      const fast = await limited.send<ErrorAnswer>({ to: addressOf('reads', 1) });
      expect([fast.status, fast.body.error.code]).toEqual([429, 130429]);
      const codes: unknown[] = [];
      for (let message = 0; message < 3; message++) codes.push((await paired.send<ErrorAnswer>()).body.error?.code);
      codes.push((await paired.send<ErrorAnswer>({ to: addressOf('reads', 1) })).body.error?.code);
      expect(codes).toEqual([undefined, undefined, 131056, undefined]);
    } finally {
      await limited.stop();
      await paired.stop();
    }
  });

  it('text after the window has closed, and takes it while it is open', async () => {
    const text = { type: 'text', text: { body: 'Good day' } };
    for (const [serviceWindowMs, expected] of [
      [3_600_000, undefined],
      [0, 131047],
      [null, undefined],
    ] as const) {
      const own = await SimulatorUnderTest.start({ serviceWindowMs });
      try {
        await own.ask('POST', '/control/inbound', { from: addressOf('reads'), text: 'Hello', phoneNumberId: NUMBER });
        expect((await own.send<Partial<ErrorAnswer>>(text)).body.error?.code).toBe(expected);
      } finally {
        await own.stop();
      }
    }
  });

  it('messages beyond its own memory, loudly and with exact counts', async () => {
    const small = await SimulatorUnderTest.start({ acceptedMax: 3 });
    try {
      const statuses: number[] = [];
      for (let message = 0; message < 4; message++) statuses.push((await small.send()).status);
      expect(statuses).toEqual([200, 200, 200, 507]);
      expect(await small.summary()).toMatchObject({ accepted: 3, communications: 1, acceptedPerCommunicationMax: 3 });
      expect((await small.ask('DELETE', '/control')).status).toBe(204);
      expect((await small.send()).status).toBe(200);
    } finally {
      await small.stop();
    }
  });

  it('to start on a port in use, and with options that make no sense', async () => {
    const port = Number(new URL(simulator.simulator.url).port);
    await expect(startChannelSimulator({ port })).rejects.toThrow(PortInUseError);
    await expect(startChannelSimulator({ shares: { reads: 0.5 } })).rejects.toThrow('add up to 0.5');
    await expect(startChannelSimulator({ timeScale: 0 })).rejects.toThrow('timeScale');
  });
});
