import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootViews, type BootedViews } from './booted-views.js';
import { CAMPAIGN, OTHER_WORKSPACE, WORKSPACE } from './stored-events.js';
import { anna, tellStory, type ToldViews } from './told-story.js';

/** Streams have no end, and what operators do is about no workspace. */
const LEFT_OUT = /\/(live|rebuild|verify|dead-letters)$/;

let views: BootedViews;
let told: ToldViews;
/** Of everything that can be read, with the ids of one workspace in place of its parameters. */
let paths: readonly string[];

beforeAll(async () => {
  views = await bootViews();
  told = await tellStory(views);
  const document = (await (await views.get('/openapi.json', WORKSPACE)).json()) as Document;
  const templates = Object.entries(document.paths).flatMap(([path, { get }]) => (get === undefined ? [] : [path]));
  const ids = await idsOfWorkspace();
  await profileChanged(ids.customers);
  paths = templates.filter((path) => !LEFT_OUT.test(path)).map((path) => filledIn(path, ids));
});
afterAll(() => views.stop());

interface Document {
  readonly paths: Readonly<Record<string, { readonly get?: object }>>;
}

type Ids = Readonly<Record<'campaigns' | 'participants' | 'customers' | 'sessions', string>>;

async function idsOfWorkspace(): Promise<Ids> {
  const first = async (path: string) =>
    ((await told.read(path)) as { readonly items: readonly [{ readonly id: string }] }).items[0].id;
  const [customers, sessions] = [await first('/customers?q=anna'), await first('/sessions')];
  return { campaigns: CAMPAIGN, participants: anna.id, customers, sessions };
}

/** The story tells of participants alone. */
async function profileChanged(id: string): Promise<void> {
  const envelope = { id, key: id, causation: id, correlation: id, actor: 'service:spec', hop: 0, workspace: WORKSPACE };
  const data = { customerId: id, changed: ['name'] };
  const personal = { profile: { name: 'Anna Kowalska' }, previous: {} };
  const event = { ...envelope, type: 'CustomerProfileChanged', time: '2026-11-20T09:00:00.000Z', data, personal };
  await views.store.append([{ stream: `customer-${id}`, expectedRevision: -1, events: [event] }]);
}

/** `/campaigns/{campaignId}/…` with the campaign's id; searches with what they search for. */
function filledIn(template: string, ids: Ids): string {
  const path = template
    .replace('/api/views', '')
    .replace(/(campaigns|participants|customers|sessions)\/\{[^}]+\}/g, (_, of: keyof Ids) => `${of}/${ids[of]}`);
  return path === '/people' ? `${path}?q=anna` : path;
}

/** Whether an answer says anything: a text, or a number that is neither zero nor one of the bounds of times to reply. */
function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysSomething);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).some(([name, part]) => name !== 'seconds' && saysSomething(part));
  return typeof value === 'number' ? value !== 0 : typeof value === 'string';
}

async function findings(workspace: string): Promise<Readonly<Record<string, boolean>>> {
  const found = paths.map(async (path) => {
    const answer = await views.get(path, workspace);
    const text = await answer.text();
    if (answer.status === 404) return [path, false] as const;
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`);
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    // The first line of a file names its columns.
    return [path, isJson ? saysSomething(JSON.parse(text)) : text.trim().split('\n').length > 1] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

describe('everything that can be read', () => {
  it('says something to whom it belongs, and nothing to anybody else who knows all ids', async () => {
    expect(paths.length).toBeGreaterThan(18);
    const every = (is: boolean) => Object.fromEntries(paths.map((path) => [path, is]));
    expect(await findings(WORKSPACE)).toEqual(every(true));
    expect(await findings(OTHER_WORKSPACE)).toEqual(every(false));
  });

  it.each(['PUT', 'DELETE'] as const)('changes nothing for anybody else: %s of an index', async (method) => {
    const answer = await views.send(method, `/campaigns/${CAMPAIGN}/field-indexes/name`, OTHER_WORKSPACE, 'manager');
    expect(answer.status).toBe(404);
  });
});
