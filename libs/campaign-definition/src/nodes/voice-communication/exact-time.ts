import { parseDatetime } from '../../fields/date-value.js';
import { findProperty } from '../../values/property.js';
import type { NodeCheck } from '../node-type.js';
import { checkBaseField } from '../outbound/check-outbound.js';
import { readBaseDate, type BaseDate } from '../outbound/schedule-settings.js';
import type { SettingsReader } from '../settings-reader.js';

/** An instant: a typed date and time in the participant's zone, or one reckoned from a field or from now. */
export type ExactTime = BaseDate | { readonly source: 'static'; readonly value: string };

/** How late something may go out that is meant for an exact time, in minutes, unless the node says otherwise (A10). */
export const EXACT_TIME_TOLERANCE_MINUTES = 15;
export const TOLERANCE_MINUTES_MAX = 1_440;

const TITLE = 'Exact Date & Time';
const DATE_LENGTH = 10;

export function readExactTime(reader: SettingsReader): ExactTime | undefined {
  if (!reader.has('exactTime')) return reader.missing('exactTime', TITLE);
  const group = reader.group('exactTime', TITLE);
  if (group?.raw('source') !== 'static') return readBaseDate(reader, 'exactTime');
  const value = group.requiredText('value', TITLE, 64);
  if (value === undefined) return undefined;
  const isInstant = value.length > DATE_LENGTH && parseDatetime(value, 'UTC') !== undefined;
  return isInstant ? { source: 'static', value } : group.invalid('value', TITLE);
}

/** A day alone is no time to call at: a date field needs an offset in hours. */
export function checkExactTime(time: ExactTime, check: NodeCheck): void {
  if (time.source !== 'property') return;
  const setting = 'exactTime.property';
  checkBaseField(time.property, setting, check);
  const { property } = findProperty(time.property, check.context);
  if (property?.type === 'date' && time.offset?.hours === undefined)
    check.add('exact_needs_time', setting, { field: property.title });
}
