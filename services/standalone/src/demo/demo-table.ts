import Table from 'cli-table3';
import { type CampaignNumbers, type UploadCounters, openCommunications } from './demo-views.js';

const STATUSES = [
  'Planned',
  'Started',
  'Delivered',
  'Read',
  'Replied',
  'Completed',
  'NoResponse',
  'Canceled',
  'Skipped',
  'Failed',
];

/** What goes on, in a line. */
export function progressLine(numbers: CampaignNumbers): string {
  const { participants, communications } = numbers;
  const ended = communications.total - openCommunications(numbers);
  const statuses = STATUSES.filter((status) => communications.statuses[status] !== undefined);
  const list = statuses.map((status) => `${status} ${communications.statuses[status]}`).join(', ');
  return `Demo: ${participants} people, ${ended} of ${communications.total} communications ended. ${list}`;
}

/** What became of everybody, as the views count it. */
export function demoTable(uploads: readonly UploadCounters[], numbers: CampaignNumbers): readonly string[] {
  return [
    ...titled('Rows', rowsTable(uploads)),
    ...titled('People by the way that their last run took', pathsTable(numbers)),
    ...titled('Communications', communicationsTable(numbers)),
    ...titled('Reasons', reasonsTable(numbers)),
  ];
}

function titled(title: string, table: Table.Table): readonly string[] {
  return ['', title, ...table.toString().split('\n')];
}

function rowsTable(uploads: readonly UploadCounters[]): Table.Table {
  const table = plain(['upload', 'rows', 'created', 'updated', 'unchanged', 'failed']);
  for (const { status, rows, created, updated, unchanged, failed } of uploads) {
    table.push([status, rows, created, updated, unchanged, failed]);
  }
  return table;
}

function pathsTable({ runs }: CampaignNumbers): Table.Table {
  const table = plain(['trigger', 'way', 'people']);
  const lines = runs.flows.flatMap(({ trigger, paths }) =>
    paths.map(({ title, people }) => [trigger, title, people] as const),
  );
  for (const [trigger, title, people] of lines.toSorted(byText)) table.push([trigger, title, people]);
  return table;
}

function communicationsTable({ communications }: CampaignNumbers): Table.Table {
  const { names } = communications;
  const statuses = STATUSES.filter((status) => communications.statuses[status] !== undefined);
  const table = plain(['communication', ...statuses]);
  for (const { name, statuses: counts } of names.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    table.push([name, ...statuses.map((status) => counts[status] ?? 0)]);
  }
  table.push(['all', ...statuses.map((status) => communications.statuses[status] ?? 0)]);
  return table;
}

function reasonsTable({ reasons }: CampaignNumbers): Table.Table {
  const table = plain(['reason', 'status', 'count', 'in words']);
  const lines = reasons.map(({ code, status, count, sentence }) => [code, status ?? '', count, sentence] as const);
  for (const [code, status, count, sentence] of lines.toSorted(byText)) table.push([code, status, count, sentence]);
  return table;
}

function byText(one: readonly [string, string, ...unknown[]], other: readonly [string, string, ...unknown[]]): number {
  return `${one[0]}/${one[1]}` < `${other[0]}/${other[1]}` ? -1 : 1;
}

/** Without colours: it is also read from files. */
function plain(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [] } });
}
