import type { OpenApiDocument } from './lacking-examples.js';
import { filledIn, type Ids, type ToldDemo } from './told-demo.js';

/** Streams of server-sent events: `live` has no end. */
const ENDLESS = /\/live$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** What people and things are called, what was said, and where they are reached. */
const TELLING = [
  'name',
  'participantName',
  'campaignName',
  'email',
  'phone',
  'externalId',
  'address',
  'fileName',
  'text',
];
/** The demo reverts no upload, and its channel keeps no templates at a provider. */
export const NOT_THERE = /\/(revert|left-alone|templates)$/;
const TELLING_CHARACTERS_MIN = 8;

/** What is searched for where a search needs words. */
const SEARCHES: Readonly<Record<string, string>> = {
  '/api/views/people': '?q=an',
  '/api/ingest/customers': '?search=customer',
};

export interface Read {
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

/** Every GET of a document, by ids of things that are there. */
export function readsOf({ paths }: OpenApiDocument, ids: Ids): readonly string[] {
  return Object.entries(paths)
    .filter(([path, { get }]) => get !== undefined && !ENDLESS.test(path))
    .map(([path]) => {
      const filled = filledIn(path, ids);
      return path.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? 'due_date') + (SEARCHES[path] ?? '');
    });
}

export async function readAs(demo: ToldDemo, workspace: string | undefined, path: string): Promise<Read> {
  const headers = await demo.standalone.authorization('operator', workspace);
  const response = await fetch(demo.url + path, { headers });
  return { path, status: response.status, text: await response.text() };
}

/** The ids that an answer names, and what it calls people and things. */
export function tellingValues({ text }: Read): readonly string[] {
  return [...(text.match(UUID) ?? []), ...(text.startsWith('{') ? tellingTexts(JSON.parse(text)) : [])];
}

function tellingTexts(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(tellingTexts);
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === 'string' && TELLING.includes(name) && part.length >= TELLING_CHARACTERS_MIN
      ? [part]
      : tellingTexts(part),
  );
}
