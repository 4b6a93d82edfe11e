import {
  coerce,
  looksAtPart,
  phoneDigits,
  trimWhiteSpace,
  type CampaignContext,
  type FieldValue,
  type Operator,
  type Property,
  type ValueSource,
} from '@poinciana/campaign-definition';
import { answered, readAnswer } from '../python/read-answer.js';
import type { Asked, Walk } from '../run/walk.js';
import type { CompiledProperty, Read } from '../values/compile-property.js';
import { compileSource, localDateOf } from '../values/compile-source.js';

/** How both sides are read; the left may depend on what the right turned out to be. */
export interface Sides {
  readonly left: (walk: Walk, right: FieldValue | undefined) => FieldValue | undefined;
  readonly right: Read;
}

/** Both sides in one measure: a datetime against a day is reduced to its day, an instant against a date to its day (A32). */
export function compileSides(
  left: CompiledProperty,
  operator: Operator,
  source: ValueSource,
  context: CampaignContext,
  nodeId: string,
): Sides | undefined {
  if (source.source === 'python') {
    const asked = { nodeId, setting: 'value', kind: 'expression', code: source.expression } as const;
    return looksAtPart(operator) ? askedPart(left, asked) : askedSides(left, asked);
  }
  if (looksAtPart(operator) && source.source === 'static') return compilePart(left, source.value);
  const right = compileSource(source, left.property, context, { nodeId, setting: 'value' });
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

/** Against what an expression gives: dates and datetimes meet as days, as with typed ones (A32, A77). */
function askedSides(left: CompiledProperty, asked: Asked): Sides {
  const { property, read } = left;
  if (property.type === 'date') return { left: read, right: (walk) => readAnsweredDay(walk, asked) };
  if (property.type !== 'datetime') return { left: read, right: (walk) => readAnswer(walk, asked, property) };
  const onDay = asDate(read);
  return {
    left: (walk, right) => (isDay(right) ? onDay(walk) : read(walk)),
    right: (walk) => {
      const answer = answered(walk, asked);
      return isDay(answer) ? answer : readAnswer(walk, asked, property);
    },
  };
}

function readAnsweredDay(walk: Walk, asked: Asked): FieldValue | undefined {
  const answer = answered(walk, asked);
  if (answer === undefined || isDay(answer)) return answer;
  const instant = readAnswer(walk, asked, { type: 'datetime' });
  return typeof instant === 'string' ? localDateOf(instant, walk) : undefined;
}

/** Whether a value is a date without a time. */
function isDay(value: unknown): value is string {
  return typeof value === 'string' && coerce({ type: 'date' }, value, { zone: 'UTC' }).kind === 'value';
}

/** A part of a text that an expression gives. */
function askedPart(left: CompiledProperty, asked: Asked): Sides {
  return {
    left: left.read,
    right: (walk) => {
      const text = readAnswer(walk, asked, { type: 'string' });
      const part = text === undefined ? undefined : partOf(left.property, String(text));
      if (text !== undefined && (part === undefined || part === '')) walk.raise('python_result');
      return part === '' ? undefined : part;
    },
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
