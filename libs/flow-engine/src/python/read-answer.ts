import { coerce, LIST_VALUES_MAX, type FieldValue, type ValueShape } from '@poinciana/campaign-definition';
import type { Asked, Walk } from '../run/walk.js';

/**
 * The value of an expression for a target; undefined while there is no answer, for None, and after an error, which
 * `walk.raised` then tells apart (A25, A77).
 */
export function readAnswer(walk: Walk, asked: Asked, target: ValueShape): FieldValue | undefined {
  const value = answered(walk, asked);
  return value === undefined ? undefined : coerced(walk, target, value);
}

/** The values of an expression that gives the list of `in list`. */
export function readAnsweredList(walk: Walk, asked: Asked, target: ValueShape): readonly FieldValue[] | undefined {
  const value = answered(walk, asked);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length > LIST_VALUES_MAX) {
    walk.raise('python_result');
    return undefined;
  }
  const values: FieldValue[] = [];
  for (const item of value as readonly unknown[]) {
    const each = coerced(walk, target, item);
    if (each !== undefined) values.push(each);
  }
  return walk.raised === undefined ? values : undefined;
}

/** The raw value of an expression; undefined as above. */
export function answered(walk: Walk, asked: Asked): unknown {
  const answer = walk.ask(asked);
  if (answer === undefined) return undefined;
  if (answer.outcome === 'value') return answer.value ?? undefined;
  walk.raise(answer.code, answer.traceback);
  return undefined;
}

/** A number is compared as a number, with integer and numeric alike (A77); everything else fits its type or is an error. */
function coerced(walk: Walk, target: ValueShape, value: unknown): FieldValue | undefined {
  const isNumber = target.type === 'integer' || target.type === 'numeric';
  if (isNumber && typeof value === 'number' && Number.isFinite(value)) return value;
  const result = coerce(target, value, { zone: walk.input.zone.name });
  if (result.kind === 'value') return result.value;
  if (result.kind === 'problem') walk.raise('python_result');
  return undefined;
}
