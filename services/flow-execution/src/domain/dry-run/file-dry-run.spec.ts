import { describe, expect, test } from '@jest/globals';
import { PAYMENT_REMINDER_FIELDS, paymentReminderContext, paymentReminderFlow } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { compileFlow } from '@poinciana/flow-engine';
import { planFields } from '@poinciana/participant-file';
import { triedOut } from './dry-run.js';
import { SEND_HOURS_MAX } from './dry-run-counts.js';
import { type FileDryRunResult, FileDryRun } from './file-dry-run.js';

const ids = { flowId: 'f1', agentId: 'a1', channelId: 'c1' };
const flow = compileFlow(paymentReminderFlow(ids), paymentReminderContext(ids));
const terms = {
  flows: triedOut(flow, []),
  trigger: 'participant-created',
  at: '2026-11-21T12:00:00.000Z',
  workspaceZone: 'Europe/Madrid',
} as const;
const fields = PAYMENT_REMINDER_FIELDS.map((field) => ({
  ...field,
  enumerationValues: [],
})) as readonly contract.Field[];

/** Takes a text in pieces of so many bytes. */
async function resultOf(text: string, pieceBytes = 1_000_000): Promise<FileDryRunResult> {
  const trial = new FileDryRun(planFields(fields), { zone: 'Europe/Madrid' }, terms);
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += pieceBytes) await trial.read(bytes.subarray(at, at + pieceBytes));
  return trial.end();
}

const HEADER = 'external_id,name,phone,is_payment_received,due_date,amount,shoe_size\n';
const PAID = 'c1,Ann,+49 151 0000001,yes,2026-12-01,5,38\n';
const EARLY = 'c2,"Łucja, 王",491510000002,false,2026-12-01,5,38\n';
const LATE = 'c3,Cid,491510000003,false,2026-11-22,5,38\n';
const OVERDUE = 'c4,Dee,491510000004,no,2026-11-01,5,38\n';
const NOBODY = ',,,false,2026-11-01,5,38\n';
const WRONG = 'c6,Eva,491510000006,maybe,tomorrow,5,38\n';
const BARE = 'c7,Fay,,false,2026-12-01,5,38\n';
const FILE = HEADER + PAID + EARLY + LATE + OVERDUE + NOBODY + WRONG + '\n' + BARE;

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

describe('the dry run of a file', () => {
  test('reads rows as an upload does, and tells the row, field and code of what is wrong, never the value', async () => {
    const { rows, failed, problems, ignoredColumns } = await resultOf(FILE);
    expect({ rows, failed, ignoredColumns }).toEqual({ rows: 7, failed: 2, ignoredColumns: ['shoe_size'] });
    expect(problems.map(({ row, field, code }) => [row, field, code])).toEqual([
      [6, '', 'no_identity'],
      [7, 'is_payment_received', expect.any(String)],
      [7, 'due_date', expect.any(String)],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/maybe|tomorrow/);
  });

  test('counts nodes, edges, communications, codes and hours, and the counts add up', async () => {
    const { rows, failed, flows } = await resultOf(FILE);
    const [counts] = flows;
    if (counts === undefined) throw new Error('One flow is tried out');
    expect(counts.runs).toBe(rows - failed);
    expect(counts.entered['created']).toBe(counts.runs);
    expect(counts.edges['created out']).toBe(counts.runs);
    expect(counts.entered['is-paid']).toBe((counts.edges['is-paid match'] ?? 0) + (counts.edges['is-paid else'] ?? 0));
    expect(counts.edges['is-paid else']).toBe(1);
    const communications = Object.values(counts.communications);
    const skipped = communications.reduce((total, each) => total + sum(each.skipped), 0);
    const planned = communications.reduce((total, each) => total + each.planned, 0);
    expect({ planned, skipped }).toEqual({ planned: 2, skipped: 1 });
    expect(communications.flatMap((each) => Object.keys(each.skipped))).toEqual(['no_address']);
    expect(sum(counts.sendHours)).toBe(planned);
    for (const hour of Object.keys(counts.sendHours)) expect(hour).toMatch(/^2026-11-\d\dT\d\d:00Z$/);
  });

  test.each([1, 2, 3, 7, 64])('is the same in pieces of %p bytes', async (pieceBytes) => {
    expect(await resultOf(FILE, pieceBytes)).toEqual(await resultOf(FILE));
  });

  test('of a header alone has no rows', async () => {
    expect(await resultOf(HEADER)).toMatchObject({ rows: 0, failed: 0, flows: [], problems: [] });
  });

  test.each([
    ['', 'no_header'],
    ['shoe_size\n1\n', 'no_identity_column'],
    ['email,email\na@b.de,\n', 'duplicate_column'],
    ['email,name\na@b.de,"x\n', 'unclosed_quote'],
    ['email,name\na@b.de,x"y\n', 'misplaced_quote'],
  ])('%p is refused as an upload would be: %s', async (text, code) => {
    const error: unknown = await resultOf(text).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error instanceof DomainError ? error.code : error).toBe(code);
  });

  test('holds a bounded number of hours, and tells how many lie beyond', async () => {
    const days = Array.from({ length: SEND_HOURS_MAX + 50 }, (_, index) => {
      const day = new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10);
      return `p${index},N,49151000${1_000 + index},false,${day},5,38\n`;
    });
    const { flows } = await resultOf(HEADER + days.join(''));
    const hours = flows[0]?.sendHours ?? {};
    expect(Object.keys(hours)).toHaveLength(SEND_HOURS_MAX + 1);
    expect(sum(hours)).toBe(days.length);
    expect(hours['later']).toBe(50);
  });
});
