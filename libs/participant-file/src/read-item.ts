import {
  canonicalZone,
  coerce,
  type CoercionContext,
  type DateFormat,
  type FieldValue,
} from '@poinciana/campaign-definition';
import type { GivenValues } from './given-values.js';
import { OBJECT_ID, type PlannedField, TIME_ZONE } from './field-plan.js';
import { type IdentityKey, identityKeysOf } from './identity-key.js';
import { type ItemProblem, itemProblem, type ItemWarning, reportedValue } from './item-problem.js';

/** A row or item as it came through a door. */
export interface RawItem {
  /** The row as in a spreadsheet (A34), or the place in the request counted from 0. Names the events that follow from it. */
  readonly number: number;
  readonly fields: readonly PlannedField[];
  /** One value for each of `fields`. */
  readonly values: readonly unknown[];
  readonly objectId: unknown;
  readonly timeZone: unknown;
}

/** A datetime that was written without an offset by somebody whose own zone may be known (A40). */
export interface LocalDatetime {
  readonly field: PlannedField;
  readonly raw: unknown;
}

/** An item after its values were read, before anybody knows whom it is about. */
export interface ReadItem {
  readonly number: number;
  readonly objectId: string;
  /** undefined leaves the zone as it is, null clears it. */
  readonly timeZone: string | null | undefined;
  readonly given: GivenValues;
  readonly keys: readonly IdentityKey[];
  /** To be read again in the participant's own zone, if there is one. */
  readonly localDatetimes: readonly LocalDatetime[];
  /** Not empty: the item is refused. */
  readonly problems: readonly ItemProblem[];
  readonly warnings: readonly ItemWarning[];
}

/** How values of a door are read. */
export interface ReadingRules {
  /** The workspace's zone. */
  readonly zone: string;
  readonly dateFormat?: DateFormat;
}

/** An item tells at most this many of its problems. */
export const ITEM_PROBLEMS_MAX = 20;
const OBJECT_ID_SHAPE = { type: 'string' } as const;
const NONE: readonly never[] = [];

/** Reads every value of an item by the one rule for all doors ([F]1); all problems at once. */
export function readItem(raw: RawItem, rules: ReadingRules, warnings: readonly ItemWarning[] = NONE): ReadItem {
  const reading = new ItemReading(rules);
  const timeZone = reading.timeZone(raw.timeZone);
  const objectId = reading.objectId(raw.objectId);
  reading.values(raw, timeZone ?? undefined);
  const keys = identityKeysOf(reading.given);
  if (keys.length === 0 && reading.problems === undefined) reading.add(itemProblem('no_identity'));
  return {
    number: raw.number,
    objectId,
    timeZone,
    given: reading.given,
    keys,
    localDatetimes: reading.localDatetimes ?? NONE,
    problems: reading.problems ?? NONE,
    warnings,
  };
}

/** Reads the datetimes again in the participant's own zone. Answers the values, or the first problem. */
export function inOwnZone(
  item: ReadItem,
  zone: string,
): { readonly given: GivenValues } | { readonly problem: ItemProblem } {
  const given: Record<string, FieldValue | null> = { ...item.given };
  for (const { field, raw } of item.localDatetimes) {
    const read = coerce(field.shape, raw, { zone });
    if (read.kind === 'value') given[field.name] = read.value;
    if (read.kind === 'problem') {
      return { problem: { field: field.name, value: reportedValue(raw), code: read.code, reason: read.message } };
    }
  }
  return { given };
}

/** An item that could not even be taken apart. */
export function unreadableItem(number: number, problem: ItemProblem): ReadItem {
  const nothing = { objectId: '', timeZone: undefined, given: {}, keys: NONE, localDatetimes: NONE, warnings: NONE };
  return { number, ...nothing, problems: [problem] };
}

class ItemReading {
  readonly given: Record<string, FieldValue | null> = {};
  problems: ItemProblem[] | undefined;
  localDatetimes: LocalDatetime[] | undefined;

  constructor(private readonly rules: ReadingRules) {}

  add(problem: ItemProblem): void {
    this.problems ??= [];
    if (this.problems.length < ITEM_PROBLEMS_MAX) this.problems.push(problem);
  }

  values(raw: RawItem, ownZone: string | undefined): void {
    const context: CoercionContext = ownZone === undefined ? this.rules : { ...this.rules, zone: ownZone };
    const { fields, values } = raw;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index];
      if (field !== undefined) this.value(field, values[index], context, ownZone);
    }
  }

  objectId(raw: unknown): string {
    const read = coerce(OBJECT_ID_SHAPE, raw, this.rules);
    if (read.kind === 'value') return String(read.value).normalize('NFC');
    if (read.kind === 'problem') this.refuse(OBJECT_ID, raw, read);
    return '';
  }

  timeZone(raw: unknown): string | null | undefined {
    const read = coerce(OBJECT_ID_SHAPE, raw, this.rules);
    if (read.kind === 'missing') return undefined;
    if (read.kind === 'cleared') return null;
    const zone = read.kind === 'value' ? canonicalZone(String(read.value)) : undefined;
    if (zone === undefined) this.add(itemProblem('unknown_timezone', TIME_ZONE, raw));
    return zone;
  }

  private value(field: PlannedField, raw: unknown, context: CoercionContext, ownZone: string | undefined): void {
    const read = coerce(field.shape, raw, context);
    if (read.kind === 'value') {
      this.given[field.name] = read.value;
      if (ownZone === undefined && field.shape.type === 'datetime') (this.localDatetimes ??= []).push({ field, raw });
      return;
    }
    if (read.kind === 'problem') this.refuse(field.name, raw, read);
    else if (field.required) this.add(itemProblem('required_missing', field.name, raw ?? ''));
    else if (read.kind === 'cleared') this.given[field.name] = null;
  }

  private refuse(field: string, raw: unknown, problem: { readonly code: string; readonly message: string }): void {
    this.add({ field, value: reportedValue(raw), code: problem.code, reason: problem.message });
  }
}
