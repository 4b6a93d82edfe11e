import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { formatInstant, parseDay, timeZone } from '@poinciana/campaign-definition';
import { IsOptional, isISO8601, ValidateBy } from 'class-validator';

/** `2026`, `2026-11` and `2026-11-20`, where the day is looked at more closely than `Date` does. */
const DAY_CHARACTERS = 10;
const OFFSET = /(Z|[+-]\d\d(:?\d\d)?)$/i;

/**
 * Reads an instant of the years 0001 to 9999 from ISO 8601, as `Date` knows it, to ISO 8601 in UTC with milliseconds; undefined for
 * anything else. A day, or a time without an offset, is that of the zone. What it gives, the database takes.
 */
export function parseInstant(value: unknown, zone: string): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}/.test(value) || !isISO8601(value)) return undefined;
  if (value.length >= DAY_CHARACTERS && parseDay(value) === undefined) return undefined;
  const time = value.slice(DAY_CHARACTERS);
  if (OFFSET.test(time)) return formatInstant(Date.parse(value));
  // `Date` would read it in the zone of this machine.
  const local = Date.parse(time === '' ? value : `${value}Z`);
  if (Number.isNaN(local)) return undefined;
  // The first and the last hours of all years are what they are in UTC.
  return formatInstant(timeZone(zone).instantOf(local)) ?? formatInstant(local);
}

/** A parameter of a request that is an instant: for `parseInstant`, in the zone of the workspace. */
export function OptionalInstant(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description: `${description} A day, or a time without an offset, is that of the workspace's zone.`,
      format: 'date-time',
    }),
    IsOptional(),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => parseInstant(value, 'UTC') !== undefined,
        defaultMessage: () => '$property must be an instant of the years 0001 to 9999, such as 2026-11-20T09:00:00Z',
      },
    }),
  );
}
