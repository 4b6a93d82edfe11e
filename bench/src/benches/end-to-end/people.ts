import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export const PEOPLE_COLUMNS = [
  'external_id',
  'name',
  'email',
  'phone',
  'timezone',
  'is_payment_received',
  'due_date',
  'amount',
] as const;

const PIECE_ROWS = 1_000;
const NAMES = [
  'Anna Nováková',
  'Lucía Fernández',
  "Siobhán O'Brien",
  'João Conceição',
  'Emily Clark',
  'Νίκος Γεωργίου',
];
const TIME_ZONES = ['Europe/Madrid', 'Europe/Prague', 'America/New_York', 'Asia/Dubai', 'Asia/Tokyo'];
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Every due date lies this far ahead or farther, so that nothing is sent while it is measured. */
const DUE_IN_DAYS = 60;
const DUE_WITHIN_DAYS = 30;

/** Writes a CSV of so many people who all owe something. People of different groups have nothing in common. */
export async function writePeople(path: string, group: number, rows: number, now: Date): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${PEOPLE_COLUMNS.join(',')}\n`);
  for (let from = 0; from < rows; from += PIECE_ROWS) {
    const numbers = Array.from({ length: Math.min(PIECE_ROWS, rows - from) }, (_, at) => from + at);
    const piece = numbers.map((number) => `${personOf(group, number, now).join(',')}\n`).join('');
    if (!file.write(piece)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

function personOf(group: number, number: number, now: Date): readonly string[] {
  const id = `${group}-${String(number).padStart(8, '0')}`;
  const due = new Date(now.getTime() + (DUE_IN_DAYS + (number % DUE_WITHIN_DAYS)) * DAY_MS);
  return [
    id,
    `${of(NAMES, number)} ${number}`,
    `person.${id}@example.org`,
    `+346${String(group).padStart(2, '0')}${String(number).padStart(7, '0')}`,
    of(TIME_ZONES, number),
    'no',
    due.toISOString().slice(0, 10),
    (10 + (number % 90_000) / 100).toFixed(2),
  ];
}

function of(values: readonly string[], number: number): string {
  return values[number % values.length] ?? '';
}
