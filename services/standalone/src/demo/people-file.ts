import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A name as it is written where it is at home, with the country code of a telephone there and a time zone. */
interface Place {
  readonly names: readonly string[];
  readonly dialing: string;
  readonly timeZone: string;
}

const PLACES: readonly Place[] = [
  { names: ['Lucía Fernández', 'Hugo Martín', 'Núria Puig'], dialing: '346', timeZone: 'Europe/Madrid' },
  { names: ['Anna Müller', 'Jürgen Groß', 'Zoë Weiß'], dialing: '4915', timeZone: 'Europe/Berlin' },
  { names: ['Ольга Иванова', 'Дмитрий Орлов'], dialing: '79', timeZone: 'Europe/Moscow' },
  { names: ['Ελένη Παπαδοπούλου', 'Νίκος Γεωργίου'], dialing: '306', timeZone: 'Europe/Athens' },
  { names: ['فاطمة الزهراء', 'أحمد منصور'], dialing: '9715', timeZone: 'Asia/Dubai' },
  { names: ['נועה כהן', 'דוד לוי'], dialing: '9725', timeZone: 'Asia/Jerusalem' },
  { names: ['प्रिया शर्मा', 'अर्जुन मेहता'], dialing: '919', timeZone: 'Asia/Kolkata' },
  { names: ['सुनिता थापा'], dialing: '9779', timeZone: 'Asia/Kathmandu' },
  { names: ['王小明', '李娜'], dialing: '8613', timeZone: 'Asia/Shanghai' },
  { names: ['佐藤 花子', '鈴木 一郎'], dialing: '8190', timeZone: 'Asia/Tokyo' },
  { names: ['สมชาย ใจดี'], dialing: '668', timeZone: 'Asia/Bangkok' },
  { names: ['João Conceição', 'Beatriz "Bia" Souza'], dialing: '5511', timeZone: 'America/Sao_Paulo' },
  { names: ["Siobhán O'Brien, MD", 'Liam Murphy'], dialing: '3538', timeZone: 'Europe/Dublin' },
  { names: ['Emily Clark', 'José Ramírez'], dialing: '1212', timeZone: 'America/New_York' },
];

/** How many people the demo is about, and what they and their file follow from. */
export const DEMO_PEOPLE = 1_000;
/** Fewer would not do everything that there is to see. */
export const DEMO_PEOPLE_MIN = 100;
export const DEMO_PEOPLE_MAX = 100_000;
export const DEMO_SEED = 20_261_121;

const HEADER = ['external_id', 'name', 'phone', 'timezone', 'is_payment_received', 'due_date', 'amount'];
/** Every so many rows one is bad, each in another way. */
const BAD_EVERY = 50;
/** Nobody is asked whose day is about to change: a due date of today would be yesterday's a moment later. */
const MIDNIGHT_MARGIN_MINUTES = 20;
const MINUTES_A_DAY = 24 * 60;

/** How the payments of the people stand: percent of all. */
const PAID_PERCENT = 15;
const DUE_LATER_PERCENT = 35;
const OVERDUE_PERCENT = 10;

export interface PeopleFile {
  readonly csv: string;
  readonly rows: number;
  /** Rows that are bad on purpose. */
  readonly badRows: number;
}

type Random = (from: number, to: number) => number;

/**
 * A CSV of people who owe something, the same for the same seed and day: names in many scripts, several time zones, bad rows
 * on purpose. `now` decides what is due today where each of them lives.
 */
export function peopleFile(seed: number, rows: number, now: Date): PeopleFile {
  const generator = xoroshiro128plus(seed);
  const random: Random = (from, to) => uniformInt(generator, from, to);
  const places = PLACES.filter(({ timeZone }) => !isNearMidnight(timeZone, now));
  const records: string[][] = [];
  let badRows = 0;
  for (let row = 0; row < rows; row++) {
    const person = personRow(row, pick(places, random), random, now);
    const isBad = row % BAD_EVERY === BAD_EVERY - 1;
    badRows += isBad ? 1 : 0;
    records.push(isBad ? spoiled(person, badRows) : person);
  }
  return { csv: stringify([HEADER, ...records]), rows, badRows };
}

function personRow(row: number, place: Place, random: Random, now: Date): string[] {
  const standing = random(0, 99);
  const paid = standing < PAID_PERCENT;
  const days = standing < PAID_PERCENT + DUE_LATER_PERCENT ? 5 : standing < 100 - OVERDUE_PERCENT ? 0 : -2;
  return [
    `customer-${String(row + 1).padStart(5, '0')}`,
    pick(place.names, random),
    `+${place.dialing}${String(1_000_000 + row)}`,
    place.timeZone,
    paid ? 'yes' : 'no',
    localDay(place.timeZone, now, days),
    (random(1_000, 90_000) / 100).toFixed(2),
  ];
}

/** What people do to files: each bad row is bad in the next of these ways. */
const SPOILERS: readonly ((row: string[]) => string[])[] = [
  (row) => withCell(row, 'phone', '1-800-FLOWERS'),
  (row) => withCell(row, 'due_date', '31.11.2026'),
  (row) => withCell(row, 'timezone', 'Europe/Atlantis'),
  (row) => withCell(row, 'is_payment_received', 'maybe'),
  (row) => withCell(row, 'amount', '1,234.50 €'),
  (row) => withCell(withCell(row, 'external_id', ''), 'phone', ''),
  (row) => [...row, 'one cell too many'],
];

function spoiled(row: string[], number: number): string[] {
  const spoil = SPOILERS[number % SPOILERS.length];
  return spoil === undefined ? row : spoil(row);
}

function withCell(row: string[], column: string, value: string): string[] {
  return row.map((cell, index) => (HEADER[index] === column ? value : cell));
}

function pick<Thing>(things: readonly Thing[], random: Random): Thing {
  const thing = things[random(0, things.length - 1)];
  if (thing === undefined) throw new RangeError('There is nothing to pick from');
  return thing;
}

function localDay(zone: string, now: Date, days: number): string {
  return DateTime.fromJSDate(now, { zone }).plus({ days }).toFormat('yyyy-MM-dd');
}

function isNearMidnight(zone: string, now: Date): boolean {
  const { hour, minute } = DateTime.fromJSDate(now, { zone });
  const minutes = hour * 60 + minute;
  return minutes < MIDNIGHT_MARGIN_MINUTES || minutes > MINUTES_A_DAY - MIDNIGHT_MARGIN_MINUTES;
}
