import {
  OPERATORS_BY_TYPE,
  coerce,
  operandsOf,
  type CampaignContext,
  type FieldCheckSettings,
  type FieldValue,
  type Operator,
} from '@poinciana/campaign-definition';
import { readAnsweredList } from '../python/read-answer.js';
import type { ComparedSide } from '../run/flow-run.js';
import { tracedList, tracedValue } from '../run/traced-value.js';
import type { Asked, StepDraft, Walk } from '../run/walk.js';
import { compileProperty, undeclaredResult, type CompiledProperty } from '../values/compile-property.js';
import { compileSource } from '../values/compile-source.js';
import { COMPARE, folding } from './compare.js';
import { compileSides, type Sides } from './compile-sides.js';

/** Decides a Field Check, and leaves in the step and the trace what it compared. Never throws. */
export type Condition = (walk: Walk, step: StepDraft) => boolean;

/**
 * A Field Check as a function of the run; undefined when its settings cannot be used. Agents may be edited while the flow runs: a result
 * that is declared with a type by now that the comparison is not made for is not set ([W]7), as one that none declares any more.
 */
export function compileCondition(
  settings: FieldCheckSettings,
  context: CampaignContext,
  nodeId: string,
): Condition | undefined {
  const { group, name } = settings.property;
  const left = compileProperty(settings.property, context);
  if (left === undefined) return undefined;
  if (group !== 'communication') return compileOver(left, settings, context, nodeId);
  const isMadeFor = OPERATORS_BY_TYPE[left.property.type].includes(settings.operator);
  const condition = isMadeFor ? compileOver(left, settings, context, nodeId) : undefined;
  return condition ?? compileOver(undeclaredResult(name), settings, context, nodeId);
}

function compileOver(
  left: CompiledProperty,
  settings: FieldCheckSettings,
  context: CampaignContext,
  nodeId: string,
): Condition | undefined {
  const { operator, value, values } = settings;
  switch (operandsOf(operator)) {
    case 'none':
      return compilePresence(left, operator);
    case 'list':
      return value?.source === 'python'
        ? compileAskedList(left, { nodeId, setting: 'value', kind: 'expression', code: value.expression })
        : compileList(left, values);
    case 'two':
      return compileBetween(left, settings, context, nodeId);
    case 'one':
      return value && compileComparison(left, operator, compileSides(left, operator, value, context, nodeId));
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

/** The list of a Python expression. */
function compileAskedList(left: CompiledProperty, asked: Asked): Condition {
  const fold = folding(left.property.type) ?? ((value) => value);
  return (walk, step) => {
    const value = left.read(walk);
    const values = readAnsweredList(walk, asked, left.property);
    walk.trace({ left: tracedValue(value), right: values === undefined ? null : tracedList(values) });
    if (value !== undefined && values !== undefined) return values.map(fold).includes(fold(value));
    step.notSet = notSet(value, values);
    return false;
  };
}

function compileBetween(
  left: CompiledProperty,
  settings: FieldCheckSettings,
  context: CampaignContext,
  nodeId: string,
): Condition | undefined {
  const sourceOf = (setting: 'value' | 'upTo') => {
    const source = settings[setting];
    return source && compileSource(source, left.property, context, { nodeId, setting });
  };
  const from = sourceOf('value');
  const upTo = sourceOf('upTo');
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

function notSet(left: unknown, right: unknown): readonly ComparedSide[] {
  if (left !== undefined) return RIGHT;
  return right === undefined ? BOTH : LEFT;
}

/** One value against another. Where one is missing only `is not equal to` is a match ([W]7), and an error of Python is none (A25). */
function compileComparison(
  left: CompiledProperty,
  operator: Operator,
  sides: Sides | undefined,
): Condition | undefined {
  const compare = COMPARE[operator];
  if (compare === undefined || sides === undefined) return undefined;
  const fold = folding(left.property.type);
  return (walk, step) => {
    const other = sides.right(walk);
    const value = sides.left(walk, other);
    walk.trace({ left: tracedValue(value), right: tracedValue(other) });
    if (value !== undefined && other !== undefined)
      return fold ? compare(fold(value), fold(other)) : compare(value, other);
    step.notSet = notSet(value, other);
    return operator === 'isNotEqualTo' && walk.raised === undefined;
  };
}
