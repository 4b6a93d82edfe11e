import { parseTimeOfDay } from '../../time/time-of-day.js';
import type { Offset } from '../../values/offset.js';
import type { PropertyReference } from '../../values/property.js';
import { readOffset, readProperty } from '../read-values.js';
import type { Draft, SettingsReader } from '../settings-reader.js';

/** The day or the instant that a send time starts from. */
export type BaseDate =
  | { readonly source: 'today'; readonly offset?: Offset }
  | { readonly source: 'property'; readonly property: PropertyReference; readonly offset?: Offset };

/** When sending is allowed: local times `HH:mm`, To up to 24:00 and not inside ([From, To), A7); or the best time to contact. */
export type CommunicationHours =
  { readonly mode: 'window'; readonly from: string; readonly to: string } | { readonly mode: 'best' };

/** What becomes of a communication when the window of its base day is over: Today takes the next window, a field skips ([C]3). */
export const WHEN_WINDOW_IS_OVER = ['nextWindow', 'skip'] as const;
export type WhenWindowIsOver = (typeof WHEN_WINDOW_IS_OVER)[number];

/** A base day or instant, and the daily window in which sending is allowed. */
export interface WindowSchedule {
  readonly baseDate: BaseDate;
  readonly hours: CommunicationHours;
  readonly whenWindowIsOver?: WhenWindowIsOver | undefined;
}

export function readWindowSchedule(reader: SettingsReader): Draft<WindowSchedule> {
  return {
    baseDate: readBaseDate(reader, 'baseDate'),
    hours: readHours(reader),
    whenWindowIsOver: reader.choice('whenWindowIsOver', 'When the window is over', WHEN_WINDOW_IS_OVER),
  };
}

export function readBaseDate(reader: SettingsReader, setting: string): BaseDate | undefined {
  const title = 'Use Date and Time from';
  const group = reader.group(setting, title);
  if (group === undefined) return reader.has(setting) ? undefined : reader.missing(setting, title);
  const source = group.has('source')
    ? group.choice('source', title, ['today', 'property'])
    : group.missing('source', title);
  const offset = readOffset(group, 'offset', title);
  const shift = offset === undefined ? {} : { offset };
  if (source === 'today') return { source, ...shift };
  if (source === undefined) return undefined;
  const property = group.has('property') ? readProperty(group, 'property', title) : group.missing('property', title);
  return property && { source, property, ...shift };
}

function readHours(reader: SettingsReader): CommunicationHours | undefined {
  const title = 'Communication Hours';
  const group = reader.group('hours', title);
  if (group === undefined) return reader.has('hours') ? undefined : reader.missing('hours', title);
  if (group.choice('mode', title, ['window', 'best']) === 'best') return { mode: 'best' };
  const from = group.requiredText('from', 'From');
  const to = group.requiredText('to', 'To');
  if (from === undefined || to === undefined) return undefined;
  const start = parseTimeOfDay(from);
  const end = parseTimeOfDay(to);
  if (start === undefined || start === 1440) return group.invalid('from', 'From');
  if (end === undefined || end === start) return group.invalid('to', 'To');
  return { mode: 'window', from, to };
}
