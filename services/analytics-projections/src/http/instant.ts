import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { formatInstant, parseDay } from '@poinciana/campaign-definition';
import { Transform } from 'class-transformer';
import { IsOptional, isISO8601, ValidateBy } from 'class-validator';

/** `2026`, `2026-11` and `2026-11-20`, where the day is looked at more closely than `Date` does. */
const DAY_CHARACTERS = 10;

/**
 * Reads an instant of the years 0001 to 9999 from ISO 8601, as `Date` knows it, to ISO 8601 in UTC with milliseconds; undefined for
 * anything else. What it gives, the database takes.
 */
export function parseInstant(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}/.test(value) || !isISO8601(value)) return undefined;
  if (value.length >= DAY_CHARACTERS && parseDay(value) === undefined) return undefined;
  return formatInstant(Date.parse(value));
}

/** A parameter of a request that is an instant, and reads as `parseInstant` gives it. */
export function OptionalInstant(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, format: 'date-time' }),
    IsOptional(),
    Transform(({ value }: { readonly value: unknown }) => parseInstant(value) ?? value),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => parseInstant(value) !== undefined,
        defaultMessage: () => '$property must be an instant of the years 0001 to 9999, such as 2026-11-20T09:00:00Z',
      },
    }),
  );
}
