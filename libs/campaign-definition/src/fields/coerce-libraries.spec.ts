import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { DateTime } from 'luxon';
import { coerce, type CoercionContext } from './coerce.js';
import type { FieldType } from './field-definition.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
];
const FIRST = Date.UTC(1971, 0, 1);
const LAST = Date.UTC(2099, 11, 31);

function read(type: FieldType, raw: string, context: CoercionContext = { zone: 'UTC' }): unknown {
  const result = coerce({ type }, raw, context);
  return result.kind === 'value' ? result.value : result.kind;
}

/** What a library of the field says; where it and a decision differ, the decision holds and is named. */
describe('phones, beside libphonenumber', () => {
  it.each(getCountries())('%s: a number in every format that is written there is its digits', (country) => {
    const example = getExampleNumber(country, examples);
    if (example === undefined) throw new Error(`There is no example for ${country}`);
    const digits = example.number.replace('+', '');
    for (const written of [example.number, example.formatInternational(), digits])
      expect(read('phone', written)).toBe(digits);
    expect(read('phone', example.formatInternational().replaceAll(' ', '-'))).toBe(digits);
    // An extension is none of the digits (A28).
    expect(read('phone', `${example.formatInternational()} ext. 5`)).toBe('problem');
  });
});

describe('dates and datetimes, beside luxon', () => {
  const number = (min: number, max: number) => fc.integer({ min, max });

  it.each([
    ['YYYY-MM-DD', 'yyyy-MM-dd'],
    ['DD.MM.YYYY', 'd.M.yyyy'],
    ['MM/DD/YYYY', 'M/d/yyyy'],
  ] as const)('%s: the same days exist, and are the same', (dateFormat, format) => {
    fc.assert(
      fc.property(number(1, 9999), number(0, 13), number(0, 32), fc.boolean(), (year, month, day, isPadded) => {
        const two = (part: number) => String(part).padStart(isPadded || dateFormat === 'YYYY-MM-DD' ? 2 : 1, '0');
        const text = dateFormat
          .replace('YYYY', String(year).padStart(4, '0'))
          .replace('MM', two(month))
          .replace('DD', two(day));
        const theirs = DateTime.fromFormat(text, format, { zone: 'UTC' });
        expect(read('date', text, { zone: 'UTC', dateFormat })).toBe(theirs.isValid ? theirs.toISODate() : 'problem');
      }),
      { numRuns: 500 },
    );
  });

  it('an instant with an offset is the same', () => {
    fc.assert(
      fc.property(number(FIRST, LAST), number(-14 * 60, 14 * 60), (instant, offset) => {
        const text =
          DateTime.fromMillis(instant)
            .setZone(
              `UTC${offset < 0 ? '-' : '+'}${Math.floor(Math.abs(offset) / 60)}:${String(Math.abs(offset) % 60).padStart(2, '0')}`,
            )
            .toISO() ?? '';
        expect(read('datetime', text)).toBe(DateTime.fromISO(text).toUTC().toISO());
      }),
      { numRuns: 500 },
    );
  });

  it('a local time is the same instant; of one that exists twice we take the first ([C]6)', () => {
    // Around the instants of clock changes, where the rules are.
    const changes = ZONES.flatMap((zone) => changesOf(zone).map((at) => ({ zone, at })));
    const moment = fc.oneof(
      fc.record({ zone: fc.constantFrom(...ZONES), at: number(FIRST, LAST) }),
      fc
        .tuple(fc.constantFrom(...changes), number(-3 * 3_600_000, 3 * 3_600_000))
        .map(([{ zone, at }, by]) => ({ zone, at: at + by })),
    );
    fc.assert(
      fc.property(moment, ({ zone, at }) => {
        const local = DateTime.fromMillis(at, { zone: 'UTC' }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
        const ours = DateTime.fromISO(String(read('datetime', local, { zone }))).toMillis();
        const theirs = DateTime.fromISO(local, { zone });
        const first = Math.min(...theirs.getPossibleOffsets().map((each) => each.toMillis()));
        expect(new Date(ours)).toEqual(new Date(first));
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Local times, as if they were UTC, around which the clocks of a zone change in some years. */
function changesOf(zone: string): readonly number[] {
  const changes: number[] = [];
  for (let day = DateTime.utc(2015).toMillis(); day < DateTime.utc(2030).toMillis(); day += 86_400_000) {
    const [before, after] = [day, day + 86_400_000].map((at) => DateTime.fromMillis(at, { zone }).offset);
    if (before !== after) changes.push(day + 43_200_000);
  }
  return changes;
}
