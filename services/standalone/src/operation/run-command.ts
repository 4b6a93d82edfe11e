import { setTimeout as pause } from 'node:timers/promises';
import Table from 'cli-table3';
import { UsageError } from '../options.js';
import type { OperationOptions } from './command-line.js';
import type { OperatedApi } from './operated-api.js';

const LOOK_EVERY_MS = 500;

interface Progress {
  readonly state: string;
  readonly phase?: string | null;
  readonly problem: string | null;
  readonly groups: readonly { readonly group: string; readonly position: number; readonly head: number }[];
}

interface Verify extends Progress {
  readonly verification: null | {
    readonly matches: boolean;
    readonly position: number;
    readonly deadLetters: number;
    readonly tables: readonly {
      readonly table: string;
      readonly campaignId: string;
      readonly rows: number;
      readonly hash: string;
      readonly expectedRows: number;
      readonly expectedHash: string;
      readonly matches: boolean;
    }[];
    readonly firstDifference: null | {
      readonly table: string;
      readonly campaignId: string;
      readonly row: string;
      readonly columns: readonly string[];
    };
  };
}

interface DeadLetters {
  readonly items: readonly {
    readonly group: string;
    readonly position: string;
    readonly key: string;
    readonly type: string;
    readonly code: string;
    readonly attempts: number;
  }[];
  readonly isCut: boolean;
}

export interface Terminal {
  /** The result. */
  readonly print: (text: string) => void;
  /** How far it is. */
  readonly say: (text: string) => void;
}

/** Runs a command against the API. Answers whether all is well. */
export async function runCommand(api: OperatedApi, options: OperationOptions, terminal: Terminal): Promise<boolean> {
  switch (options.command) {
    case 'rebuild':
      return rebuild(api, options, terminal);
    case 'verify':
      return verify(api, options, terminal);
    case 'dead-letters':
      return listDeadLetters(api, options, terminal);
    case 'dead-letters replay':
      return replay(api, options, terminal);
  }
}

async function rebuild(api: OperatedApi, { json }: OperationOptions, { print, say }: Terminal): Promise<boolean> {
  await api.request('POST', 'views/rebuild');
  const end = await ended(() => api.request<Progress>('GET', 'views/rebuild'), say);
  if (json) print(JSON.stringify(end));
  else
    print(end.state === 'done' ? 'Rebuilt: the new tables are in place.' : `Not rebuilt: ${end.problem ?? end.state}`);
  return end.state === 'done';
}

async function verify(api: OperatedApi, { json }: OperationOptions, { print, say }: Terminal): Promise<boolean> {
  await api.request('POST', 'views/verify');
  const { verification, problem } = await ended(() => api.request<Verify>('GET', 'views/verify'), say);
  if (verification === null) {
    print(`Nothing was compared: ${problem ?? 'unknown'}`);
    return false;
  }
  if (json) print(JSON.stringify(verification));
  else print(verdictText(verification));
  return verification.matches;
}

function verdictText({
  matches,
  position,
  deadLetters,
  tables,
  firstDifference,
}: NonNullable<Verify['verification']>): string {
  const table = new Table({ head: ['table', 'campaign', 'rows', 'hash', ''], style: { head: [], border: [] } });
  for (const { table: name, campaignId, rows, hash, expectedRows, expectedHash, matches: same } of tables)
    table.push([
      name,
      campaignId,
      rows,
      hash,
      same ? 'as the log says' : `DIFFERS: ${expectedRows} rows, ${expectedHash}`,
    ]);
  const first =
    firstDifference === null
      ? []
      : [
          `First difference: ${firstDifference.table}, campaign ${firstDifference.campaignId}, row ${firstDifference.row}: ${firstDifference.columns.join(', ')}. npm run poinciana -- rebuild puts it right.`,
        ];
  const letters =
    deadLetters === 0
      ? []
      : [`${deadLetters} events could not be handled and are in neither: npm run poinciana -- dead-letters.`];
  const verdict = `Compared up to position ${position} of the log: ${matches ? 'the read models are what the log says.' : 'THEY DIFFER.'}`;
  return [table.toString(), verdict, ...first, ...letters].join('\n');
}

async function listDeadLetters(
  api: OperatedApi,
  { group, json }: OperationOptions,
  { print }: Terminal,
): Promise<boolean> {
  const prefixes = await prefixesOf(group);
  const query = group === undefined ? '' : `?group=${encodeURIComponent(group)}`;
  const lists = await Promise.all(
    prefixes.map((prefix) => api.request<DeadLetters>('GET', `${prefix}/dead-letters${query}`)),
  );
  const items = lists.flatMap((list) => list.items);
  if (json) print(JSON.stringify(items));
  else if (items.length === 0) print('No dead letters.');
  else {
    const table = new Table({
      head: ['group', 'position', 'key', 'type', 'code', 'tries'],
      style: { head: [], border: [] },
    });
    for (const letter of items)
      table.push([letter.group, letter.position, letter.key, letter.type, letter.code, letter.attempts]);
    print(table.toString());
    if (lists.some(({ isCut }) => isCut)) print('There are more than are listed.');
  }
  return true;
}

async function replay(
  api: OperatedApi,
  { group = '', key, json }: OperationOptions,
  { print }: Terminal,
): Promise<boolean> {
  const [prefix = ''] = await prefixesOf(group);
  const path = `${prefix}/dead-letters/replay`;
  const result = await api.request<{ readonly handled: number; readonly remaining: number }>('POST', path, {
    group,
    key,
  });
  print(json ? JSON.stringify(result) : `${result.handled} handled, ${result.remaining} remain.`);
  return result.remaining === 0;
}

/** The parts of the API's address that belong to the services: to that of a consumer group, or to all. */
async function prefixesOf(group?: string): Promise<readonly string[]> {
  // The services are only loaded by who needs them: most commands answer sooner without.
  const { services } = await import('../services.js');
  const own = group === undefined ? services : services.filter(({ name }) => group.startsWith(`${name}.`));
  if (own.length === 0) throw new UsageError(`No service has the group "${group ?? ''}".`);
  return own.map(({ prefix }) => prefix);
}

/** Looks until it no longer runs, and says how far it is when that has changed. */
async function ended<Status extends Progress>(
  look: () => Promise<Status>,
  say: (line: string) => void,
): Promise<Status> {
  let said = '';
  for (;;) {
    const status = await look();
    if (status.state !== 'running') return status;
    const furthest = status.groups.map(({ position, head }) =>
      head === 0 ? 100 : Math.floor((100 * position) / head),
    );
    const line = `${status.phase ?? 'comparing'}: ${furthest.length === 0 ? 0 : Math.min(...furthest)} % of the log`;
    if (line !== said) say(line);
    said = line;
    await pause(LOOK_EVERY_MS);
  }
}
