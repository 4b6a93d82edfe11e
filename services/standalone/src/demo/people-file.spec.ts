import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { peopleFile } from './people-file.js';

const NOON = new Date('2026-11-21T12:00:00Z');

describe('the file of the demo', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(peopleFile(7, 200, NOON)).toEqual(peopleFile(7, 200, NOON));
    expect(peopleFile(8, 200, NOON).csv).not.toBe(peopleFile(7, 200, NOON).csv);
  });

  test('has everybody once, with bad rows on purpose', () => {
    const { csv, badRows } = peopleFile(7, 1_000, NOON);
    const rows: string[][] = parse(csv, { relax_column_count: true });
    expect(rows).toHaveLength(1_001);
    expect(badRows).toBe(20);
    const phones = rows
      .slice(1)
      .map((row) => row[2])
      .filter((phone) => /^\+\d+$/.test(phone ?? ''));
    expect(new Set(phones).size).toBe(phones.length);
  });

  test('knows what is due today where somebody lives', () => {
    const lateInLondon = new Date('2026-11-21T22:00:00Z');
    const rows: string[][] = parse(peopleFile(7, 1_000, lateInLondon).csv, { relax_column_count: true });
    const tokyo = rows
      .filter((row) => row[3] === 'Asia/Tokyo')
      .map((row) => row[5])
      .filter((day) => day !== '31.11.2026');
    expect(new Set(tokyo)).toEqual(new Set(['2026-11-22', '2026-11-27', '2026-11-20']));
  });
});
