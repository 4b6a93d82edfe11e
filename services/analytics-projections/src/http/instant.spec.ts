import { describe, expect, it } from '@jest/globals';
import { formatCursor, parseCursor } from './cursor.js';
import { parseInstant } from './instant.js';

describe('an instant', () => {
  it.each([
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T09:00:00.5+01:00', '2026-11-20T08:00:00.500Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s', (text, instant) => {
    expect(parseInstant(text, 'UTC')).toBe(instant);
    expect(parseInstant(instant, 'Europe/Madrid')).toBe(instant);
  });

  it.each([
    ['2026-11-20T09:00', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20 09:00:00.5', '2026-11-20T08:00:00.500Z'],
    ['2026-06-20', '2026-06-19T22:00:00.000Z'],
    ['2026-06', '2026-05-31T22:00:00.000Z'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-11-20T09:00Z', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T09:00-0330', '2026-11-20T12:30:00.000Z'],
  ])('%s is read in the zone, unless it has an offset', (text, instant) =>
    expect(parseInstant(text, 'Europe/Madrid')).toBe(instant),
  );

  it('is no year that there is not, wherever the zone', () => {
    expect(parseInstant('0001-01-01', 'Asia/Tokyo')).toBe('0001-01-01T00:00:00.000Z');
    expect(parseInstant('9999-12-31T23:59', 'Pacific/Honolulu')).toBe('9999-12-31T23:59:00.000Z');
  });

  it.each([
    ...['2026-W10', '2026-W10-1T10:00', '2026-123', '20261120', '2026-11-20T09', '2026-11-20T09:00+01'],
    ...['2026-11-20T09:00:00,5Z', '2026-11-20T09:00:60Z', '2026-02-30', '2026-13', '9999-12-31T23:59:59-12:00'],
    ...['0001-01-01T00:00:00+01:00', '0000-01-01', '-2026-01-01', '+2026-01-01', '+002026-01-01', 'yesterday', ''],
    ...[undefined, null, 0, ['2026-11-20']],
  ])('is not %p', (value) => expect(parseInstant(value, 'UTC')).toBeUndefined());
});

it.each(['0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z', '2026-11-20T09:00:00Z', '2026-11-20'])(
  'no page ends at %s',
  (value) => {
    const cursor = formatCursor({ value, id: '0b5c7d2e-0000-4000-8000-000000000009' });
    expect(() => parseCursor(cursor, 'instant')).toThrow('after must be the `next` of another page');
  },
);
