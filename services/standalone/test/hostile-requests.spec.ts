import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, SystemClock, issueToken, type TokenRules } from '@poinciana/service-kit';
import { readTokenSecret } from '../src/data-folder.js';
import { tokenRules } from '../src/tokens.js';
import { createCampaign, listCampaigns } from './campaigns.js';
import { expectProblem, sendHostile, type Hostile } from './hostile-answers.js';
import { StandaloneProcess } from './standalone-process.js';

const ANOTHER_WORKSPACE = '00000000-0000-4000-8000-000000000002';
const NOBODY = '0b5c7d2e-0000-4000-8000-000000000009';
const CAMPAIGNS = '/api/config/campaigns';
const VIEW = '/api/views/campaigns';
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

let standalone: StandaloneProcess;
let url: string;
let authorization: string;
let campaignId: string;

beforeAll(async () => {
  standalone = new StandaloneProcess();
  url = await standalone.start('--no-demo');
  ({ authorization } = await standalone.authorization());
  campaignId = (await createCampaign(standalone, url, 'Spring')).id;
});
afterAll(() => standalone.remove());

type Case = readonly [what: string, hostile: Hostile, status: number, code: string];

const created = (body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Hostile => ({
  path: CAMPAIGNS,
  body,
  ...(headers === undefined ? {} : { headers }),
});
const named = (name: unknown): Hostile => created(JSON.stringify({ name }));
const viewed = (query: string): Hostile => ({ path: `${VIEW}?${query}` });
const put = (path: string, body: unknown): Hostile => ({ method: 'PUT', path, body: JSON.stringify(body) });
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

function expectAll(cases: readonly Case[]): void {
  it.each(cases)('%s', async (_, hostile, status, code) => {
    expect(expectProblem(await sendHostile(url, authorization, hostile))).toEqual({ status, code });
  });
}

describe('a body that cannot be read', () => {
  expectAll([
    ['no JSON', created('{'), 400, 'malformed_json'],
    ['two documents', created('{"name":"x"}{}'), 400, 'malformed_json'],
    ['nothing', created(''), 400, 'malformed_json'],
    ['no UTF-8', created(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])), 400, 'malformed_json'],
    ['a comment', created('{"name":"x"/**/}'), 400, 'malformed_json'],
    ['arrays too deep', created(`{"name":${nested(200)}}`), 400, 'nested_too_deeply'],
    ['arrays as deep as a body allows', created(nested(500_000)), 400, 'nested_too_deeply'],
    ['__proto__', created('{"name":"x","__proto__":{"role":"operator"}}'), 400, 'forbidden_name'],
    ['__proto__ in disguise', created('{"name":"x","\\u005f_proto__":{}}'), 400, 'forbidden_name'],
    ['constructor', created('{"name":"x","constructor":{"prototype":{}}}'), 400, 'forbidden_name'],
    ['the character 0', named('a\0b'), 400, 'unstorable_text'],
    ['half of a surrogate pair', created('{"name":"a\\ud800"}'), 400, 'unstorable_text'],
    ['the other half as a name of a property', created('{"\\udc00":1}'), 400, 'unstorable_text'],
    ['one larger than 1 MiB', named('x'.repeat(1_048_576)), 413, 'body_too_large'],
    [
      'a form',
      created('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_content_type',
    ],
    ['plain text', created('{"name":"x"}', { 'content-type': 'text/plain' }), 415, 'unsupported_content_type'],
    [
      'another JSON',
      created('{"name":"x"}', { 'content-type': 'application/merge-patch+json' }),
      415,
      'unsupported_content_type',
    ],
    ['a broken content type', created('{}', { 'content-type': ';;;' }), 415, 'unsupported_content_type'],
    [
      'one that is cut off in its compression',
      created(new Uint8Array([0x1f, 0x8b, 8, 0]), { 'content-encoding': 'gzip' }),
      400,
      'malformed_gzip',
    ],
  ]);
});

describe('a body that breaks a rule', () => {
  expectAll([
    ['an unknown property', created('{"name":"x","status":"Active"}'), 422, 'invalid_request'],
    ['toString as a property', created('{"name":"x","toString":"y"}'), 400, 'forbidden_name'],
    ['hasOwnProperty as a property', created('{"name":"x","hasOwnProperty":1}'), 400, 'forbidden_name'],
    ['then as a property', created('{"name":"x","then":"y"}'), 422, 'invalid_request'],
    ['no name', created('{}'), 422, 'invalid_request'],
    ['null for a name', named(null), 422, 'invalid_request'],
    ['a number for a name', named(1), 422, 'invalid_request'],
    ['a list for a name', named(['x']), 422, 'invalid_request'],
    ['an object for a name', named({ length: 1, trim: 'x' }), 422, 'invalid_request'],
    ['a list as body', created('[{"name":"x"}]'), 422, 'invalid_request'],
    ['null as body', created('null'), 422, 'invalid_request'],
    ['a blank name', named(' \t\u00a0'), 422, 'campaign_name_required'],
    ['a name too long', named('x'.repeat(201)), 422, 'campaign_name_too_long'],
    ['a name much too long', named('x'.repeat(500_000)), 422, 'invalid_request'],
    [
      'a description too long',
      created(JSON.stringify({ name: 'x', description: 'x'.repeat(2_001) })),
      422,
      'campaign_description_too_long',
    ],
    ['a name that is taken', named('SPRING '), 409, 'campaign_name_taken'],
    ['a name that is taken, in wide letters', named('Ｓｐｒｉｎｇ'), 409, 'campaign_name_taken'],
  ]);
});

describe('who is not let in', () => {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = {
    sub: 'eve',
    workspace: ANOTHER_WORKSPACE,
    role: 'operator',
    iss: 'poinciana-standalone',
    aud: 'poinciana',
    exp: 4_102_444_800,
  };
  const signed = (header: object, payload: object, secret: string): string => {
    const text = `${encode(header)}.${encode(payload)}`;
    return `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const foreign = 'x'.repeat(48);
  const ownRules = (): TokenRules => {
    const secret = readTokenSecret(standalone.dataDir);
    if (secret === undefined) throw new Error('The process has no secret');
    return tokenRules(secret);
  };

  it.each<[string, string]>([
    ['nothing', ''],
    ['no token', 'Bearer '],
    ['another scheme', 'Basic eDp5'],
    ['a word', 'Bearer x'],
    ['three dots', 'Bearer ...'],
    ['no algorithm', `Bearer ${encode({ alg: 'none' })}.${encode(claims)}.`],
    ['no algorithm in other letters', `Bearer ${encode({ alg: 'nOnE' })}.${encode(claims)}.AA`],
    ['a key of its own', signed({ alg: 'HS256', jwk: { kty: 'oct', k: foreign } }, claims, foreign)],
    ['a foreign signature', signed({ alg: 'HS256' }, claims, foreign)],
    ['another algorithm', signed({ alg: 'HS512' }, claims, foreign)],
    ['a part nobody understands', signed({ alg: 'HS256', crit: ['x'], x: 1 }, claims, foreign)],
    ['an endless token', `Bearer ${'x'.repeat(8_000)}`],
  ])('%s', async (_, given) => {
    const answer = await sendHostile(url, given, { path: VIEW });
    expect(expectProblem(answer)).toEqual({ status: 401, code: 'unauthenticated' });
  });

  it('a token that is no longer valid, and one for somebody else', async () => {
    const own = ownRules();
    const caller = { workspace: ANOTHER_WORKSPACE, role: 'operator', subject: 'eve' } as const;
    const past = { now: () => new Date(Date.now() - 7_200_000) };
    const tokens = [
      await issueToken(own, caller, 3_600, past),
      await issueToken({ ...own, audience: 'others' }, caller, 3_600, new SystemClock()),
      await issueToken({ ...own, issuer: 'others' }, caller, 3_600, new SystemClock()),
      await issueToken(tokenRules(new Secret(foreign)), caller, 3_600, new SystemClock()),
      await issueToken(own, { ...caller, workspace: 'not-a-uuid' }, 3_600, new SystemClock()),
      await issueToken(own, { ...caller, subject: '' }, 3_600, new SystemClock()),
    ];
    for (const token of tokens) {
      const answer = await sendHostile(url, `Bearer ${token}`, { path: VIEW });
      expect(expectProblem(answer)).toEqual({ status: 401, code: 'unauthenticated' });
    }
  });

  it('a viewer who wants to write', async () => {
    const viewer = await standalone.authorization('viewer');
    const answer = await sendHostile(url, viewer.authorization, named('Winter'));
    expect(expectProblem(answer)).toEqual({ status: 403, code: 'forbidden' });
  });

  it('somebody whose name is longer than an event can say', async () => {
    const sendAs = async (subject: string): Promise<number> => {
      const caller = { workspace: ANOTHER_WORKSPACE, role: 'manager', subject } as const;
      const token = await issueToken(ownRules(), caller, 3_600, new SystemClock());
      return (await sendHostile(url, `Bearer ${token}`, named(`Winter of ${subject.length}`))).status;
    };
    expect(await sendAs('e'.repeat(195))).toBe(201);
    expect(await sendAs('e'.repeat(196))).toBe(401);
    expect(await sendAs('a\0b')).toBe(401);
  });

  it.each<[string, (id: string) => Hostile]>([
    ['reads', (id) => ({ path: `${CAMPAIGNS}/${id}` })],
    ['renames', (id) => ({ method: 'PATCH', path: `${CAMPAIGNS}/${id}`, body: '{"name":"Mine"}' })],
    ['deletes', (id) => ({ method: 'DELETE', path: `${CAMPAIGNS}/${id}` })],
    ['stops', (id) => ({ method: 'POST', path: `${CAMPAIGNS}/${id}/stop` })],
    ['starts', (id) => ({ path: `${CAMPAIGNS}/${id}/start`, body: '{}' })],
    ['defines fields of', (id) => put(`${CAMPAIGNS}/${id}/fields`, { fields: [] })],
    ['draws flows of', (id) => put(`${CAMPAIGNS}/${id}/flows/${NOBODY}`, { name: 'F', nodes: [], edges: [] })],
  ])('another workspace %s a campaign: there is none', async (_, hostile) => {
    const other = await standalone.authorization('operator', ANOTHER_WORKSPACE);
    const answer = await sendHostile(url, other.authorization, hostile(campaignId));
    expect(expectProblem(answer)).toEqual({ status: 404, code: 'campaign_not_found' });
    expect(await listCampaigns(standalone, url)).toContain(campaignId);
  });
});

describe('an address that leads nowhere', () => {
  expectAll([
    ['an unknown route', { path: '/api/config/nothing' }, 404, 'not_found'],
    ['an unknown service', { path: '/api/nothing/campaigns' }, 404, 'not_found'],
    ['the root', { path: '/' }, 404, 'not_found'],
    ['a way out', { path: '/api/config/..%2f..%2f..%2fetc/passwd' }, 404, 'not_found'],
    ['the clock that nobody may set', put('/api/test/clock', { now: '2026-03-01T09:00:00Z' }), 404, 'test_clock_off'],
    ['a wrong method', { method: 'DELETE', path: CAMPAIGNS }, 405, 'method_not_allowed'],
    [
      'a wrong method with a body',
      { method: 'PUT', path: `${CAMPAIGNS}/${NOBODY}`, body: '{}' },
      405,
      'method_not_allowed',
    ],
    ['writing to a view', { path: VIEW, body: '{}' }, 405, 'method_not_allowed'],
    ['options', { method: 'OPTIONS', path: CAMPAIGNS }, 405, 'method_not_allowed'],
    ['an id that is no UUID', { path: `${CAMPAIGNS}/1` }, 400, 'malformed_request'],
    [
      'an id that wants to be SQL',
      { path: `${CAMPAIGNS}/${encodeURIComponent("' OR 1=1 --")}` },
      400,
      'malformed_request',
    ],
    ['the name of a prototype for an id', { path: `${CAMPAIGNS}/__proto__` }, 400, 'malformed_request'],
    ['an endless id', { path: `${CAMPAIGNS}/${'x'.repeat(2_000)}` }, 414, 'address_too_long'],
    ['an id of nothing', { path: `${CAMPAIGNS}/${NOBODY}` }, 404, 'campaign_not_found'],
    ['an id of nothing in capitals', { path: `${CAMPAIGNS}/${NOBODY.toUpperCase()}` }, 404, 'campaign_not_found'],
    ['the least id', { path: `${CAMPAIGNS}/00000000-0000-0000-0000-000000000000` }, 404, 'campaign_not_found'],
    ['a broken escape', { path: `${CAMPAIGNS}/%zz` }, 400, 'malformed_address'],
    ['half of a UTF-8 sequence', { path: `${CAMPAIGNS}/%c3` }, 400, 'malformed_address'],
    ['the character 0', { path: `${CAMPAIGNS}/%00` }, 400, 'unstorable_text'],
    ['endless headers', { path: VIEW, headers: { x: 'y'.repeat(20_000) } }, 431, 'headers_too_large'],
    ['a key that nobody uses', created('{"name":"x"}', { 'idempotency-key': 'a b' }), 400, 'malformed_idempotency_key'],
    [
      'an endless key',
      created('{"name":"x"}', { 'idempotency-key': 'a'.repeat(101) }),
      400,
      'malformed_idempotency_key',
    ],
  ]);

  it('an id in capitals leads where the same in small letters leads', async () => {
    const answer = await sendHostile(url, authorization, { path: `${CAMPAIGNS}/${campaignId.toUpperCase()}` });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, expect.objectContaining({ id: campaignId })]);
  });
});

describe('a question that makes no sense', () => {
  expectAll([
    ['an unknown parameter', viewed('workspace=1'), 422, 'invalid_request'],
    ['a parameter twice', viewed('q=a&q=b'), 422, 'invalid_request'],
    ['an order twice', viewed('sort=created&sort=modified'), 422, 'invalid_request'],
    ['an order of nothing', viewed('sort=__proto__'), 422, 'invalid_request'],
    ['a status of nothing', viewed('status=Active,x'), 422, 'invalid_request'],
    ['a limit below', viewed('limit=-1'), 422, 'invalid_request'],
    ['a limit of nothing', viewed('limit=0'), 422, 'invalid_request'],
    ['a limit beyond', viewed('limit=1e9'), 422, 'invalid_request'],
    ['half a limit', viewed('limit=1.5'), 422, 'invalid_request'],
    ['no limit', viewed('limit='), 422, 'invalid_request'],
    ['an infinite limit', viewed('limit=Infinity'), 422, 'invalid_request'],
    ['a limit twice', viewed('limit=1&limit=2'), 422, 'invalid_request'],
    ['an endless text', viewed(`q=${'x'.repeat(5_000)}`), 422, 'invalid_request'],
    ['the character 0', viewed('q=%00'), 400, 'unstorable_text'],
    ['__proto__', viewed('__proto__=x'), 400, 'forbidden_name'],
    ['constructor in disguise', viewed('%63onstructor=x'), 400, 'forbidden_name'],
    ['__proto__ in brackets', viewed('__proto__[role]=x'), 422, 'invalid_request'],
    ['toString', viewed('toString=x'), 400, 'forbidden_name'],
    ['hasOwnProperty', viewed('hasOwnProperty=x'), 400, 'forbidden_name'],
    ['a cursor that is none', viewed('after=x'), 422, 'malformed_cursor'],
    ['a cursor of nothing', viewed('after='), 422, 'malformed_cursor'],
    ['a position that is none', viewed('waitFor=x'), 400, 'malformed_position'],
    ['a position of nothing', viewed('waitFor='), 400, 'malformed_position'],
    ['a position below', viewed('waitFor=0:-1'), 400, 'malformed_position'],
    ['a position beyond numbers', viewed(`waitFor=0:${'9'.repeat(16)}`), 400, 'malformed_position'],
    ['a position twice', viewed('waitFor=0:1&waitFor=0:2'), 400, 'malformed_position'],
  ]);

  /** What stands in the cursor of a first page. */
  async function cursorOfPage(): Promise<string> {
    const query = viewed('limit=1&sort=created&direction=asc');
    let page = await sendHostile(url, authorization, query);
    if (!page.text.includes('"next"')) {
      const { position } = await createCampaign(standalone, url, 'Behind the first page');
      page = await sendHostile(url, authorization, { path: `${query.path}&waitFor=0:${position}` });
    }
    return Buffer.from((JSON.parse(page.text) as { next: string }).next, 'base64url').toString();
  }

  it.each<[string, RegExp, string]>([
    ['a month that is none', INSTANT, '2026-13-45T99:99:99.999Z'],
    ['a day that is none', INSTANT, '2026-02-30T00:00:00.000Z'],
    ['a year that is none', INSTANT, '0000-00-00T00:00:00.000Z'],
    ['a zone', INSTANT, '2026-01-01T00:00:00.000+01:00'],
    ['SQL for an instant', INSTANT, "' OR 1=1 --"],
    ['SQL for an id', UUID, "' OR 1=1 --"],
    ['the character 0', UUID, '\0'],
    ['more behind it', /$/, ' x'],
    ['no end', /$/, 'x'.repeat(5_000)],
  ])('a cursor that was tampered with: %s', async (_, part, replacement) => {
    const tampered = (await cursorOfPage()).replace(part, replacement);
    const query = `sort=created&direction=asc&after=${Buffer.from(tampered).toString('base64url')}`;
    expect(expectProblem(await sendHostile(url, authorization, viewed(query))).status).toBe(422);
  });

  it.each([["'; DROP TABLE campaign; --"], ["' OR '1'='1"], ['%'], ['_'], ['\\'], ['$1'], ['\u{1f600}'], ['\ufffe']])(
    'a text is a text: %j is found where it stands and nowhere else',
    async (text) => {
      const { id, position } = await createCampaign(standalone, url, `Text ${text}`);
      const answer = await sendHostile(
        url,
        authorization,
        viewed(`waitFor=0:${position}&q=${encodeURIComponent(text)}`),
      );
      expect([
        answer.status,
        (JSON.parse(answer.text) as { items: { id: string }[] }).items.map((line) => line.id),
      ]).toEqual([200, [id]]);
    },
  );
});

describe('after all of that', () => {
  it('the service is well and nothing was kept', async () => {
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const { id, position } = await createCampaign(standalone, url, 'Autumn');
    expect(await listCampaigns(standalone, url, position)).toEqual(expect.arrayContaining([id, campaignId]));
    expect(await standalone.end('SIGTERM')).toMatchObject({ code: 0, complaints: '' });
  });
});
