import {
  coerce,
  looksAtPart,
  operandsOf,
  phoneDigits,
  trimWhiteSpace,
  type CampaignContext,
  type FieldCheckSettings,
  type FieldValue,
  type Operator,
  type Property,
  type ValueSource,
} from '@poinciana/campaign-definition';
import type { ComparedSide } from '../run/flow-run.js';
import { tracedList, tracedValue } from '../run/traced-value.js';
import type { StepDraft, Walk } from '../run/walk.js';
import { compileProperty, type CompiledProperty, type Read } from '../values/compile-property.js';
import { compileSource, localDateOf } from '../values/compile-source.js';
import { COMPARE, folding } from './compare.js';

/** Decides a Field Check, and leaves in the step and the trace what it compared. Never throws. */
export type Condition = (walk: Walk, step: StepDraft) => boolean;

/** A Field Check as a function of the run; undefined when its settings cannot be used. */
export function compileCondition(settings: FieldCheckSettings, context: CampaignContext): Condition | undefined {
  const left = compileProperty(settings.property, context);
  if (left === undefined) return undefined;
  switch (operandsOf(settings.operator)) {
    case 'none':
      return compilePresence(left, settings.operator);
    case 'list':
      return compileList(left, settings.values);
    case 'two':
      return compileBetween(left, settings, context);
    case 'one':
      return compileComparison(left, settings.operator, settings.value, context);
  }
}

function compilePresence(left: CompiledProperty, operator: Operator): Condition {
  const wanted = operator === 'isSet';
  return (walk, step) => {
    const value = left.read(walk);
    walk.trace({ left: tracedValue(value) });
    if (value === undefined) step.notSet = LEFT;
    return (value !== undefined) === wanted;
  };
}

function compileList(left: CompiledProperty, values: readonly FieldValue[] | undefined): Condition | undefined {
  if (values === undefined) return undefined;
  const fold = folding(left.property.type);
  const canonical: FieldValue[] = [];
  for (const value of values) {
    const coerced = coerce(left.property, value, { zone: 'UTC' });
    if (coerced.kind !== 'value') return undefined;
    canonical.push(fold ? fold(coerced.value) : coerced.value);
  }
  const allowed = new Set(canonical);
  const right = tracedList(canonical);
  return (walk, step) => {
    const value = left.read(walk);
    walk.trace({ left: tracedValue(value), right });
    if (value !== undefined) return allowed.has(fold ? fold(value) : value);
    step.notSet = LEFT;
    return false;
  };
}

function compileBetween(
  left: CompiledProperty,
  settings: FieldCheckSettings,
  context: CampaignContext,
): Condition | undefined {
  const from = settings.value && compileSource(settings.value, left.property, context);
  const upTo = settings.upTo && compileSource(settings.upTo, left.property, context);
  if (from === undefined || upTo === undefined) return undefined;
  return (walk, step) => {
    const value = left.read(walk);
    const lower = from.read(walk);
    const upper = upTo.read(walk);
    walk.trace({ left: tracedValue(value), right: tracedValue(lower), upTo: tracedValue(upper) });
    if (value !== undefined && lower !== undefined && upper !== undefined) return value >= lower && value <= upper;
    const sides: ComparedSide[] = [];
    if (value === undefined) sides.push('left');
    if (lower === undefined) sides.push('right');
    if (upper === undefined) sides.push('upTo');
    step.notSet = sides;
    return false;
  };
}

const LEFT: readonly ComparedSide[] = ['left'];
const RIGHT: readonly ComparedSide[] = ['right'];
const BOTH: readonly ComparedSide[] = ['left', 'right'];

/** One value against another. Where one is missing only `is not equal to` is a match ([W]7, A25). */
function compileComparison(
  left: CompiledProperty,
  operator: Operator,
  source: ValueSource | undefined,
  context: CampaignContext,
): Condition | undefined {
  const compare = COMPARE[operator];
  const sides = source && compileSides(left, operator, source, context);
  if (compare === undefined || sides === undefined) return undefined;
  const fold = folding(left.property.type);
  return (walk, step) => {
    const value = sides.left(walk);
    const other = sides.right(walk);
    walk.trace({ left: tracedValue(value), right: tracedValue(other) });
    if (value !== undefined && other !== undefined)
      return fold ? compare(fold(value), fold(other)) : compare(value, other);
    if (value === undefined) step.notSet = other === undefined ? BOTH : LEFT;
    else step.notSet = RIGHT;
    return operator === 'isNotEqualTo';
  };
}

interface Sides {
  readonly left: Read;
  readonly right: Read;
}

/** Both sides in one measure: a datetime against a day is reduced to its day, an instant against a date to its day (A32). */
function compileSides(
  left: CompiledProperty,
  operator: Operator,
  source: ValueSource,
  context: CampaignContext,
): Sides | undefined {
  if (looksAtPart(operator) && source.source === 'static') return compilePart(left, source.value);
  const right = compileSource(source, left.property, context);
  if (right === undefined) return undefined;
  if (left.property.type === 'datetime' && right.type === 'date') return { left: asDate(left.read), right: right.read };
  if (left.property.type === 'date' && right.type === 'datetime') return { left: left.read, right: asDate(right.read) };
  return { left: left.read, right: right.read };
}

function asDate(read: Read): Read {
  return (walk) => {
    const value = read(walk);
    return typeof value === 'string' ? localDateOf(value, walk) : undefined;
  };
}

/** A typed part of a text, normalised like the field, without having to be a whole address or number (A30). */
function compilePart(left: CompiledProperty, typed: FieldValue): Sides | undefined {
  const part = partOf(left.property, trimWhiteSpace(String(typed)));
  return part === undefined || part === '' ? undefined : { left: left.read, right: () => part };
}

function partOf(property: Property, text: string): string | undefined {
  return property.type === 'phone' ? phoneDigits(text) : text;
}
