import {
  coerce,
  formatInstant,
  timeZone,
  type CampaignContext,
  type FieldType,
  type FieldValue,
  type ValueShape,
  type ValueSource,
} from '@poinciana/campaign-definition';
import { readAnswer } from '../python/read-answer.js';
import { movedInstant } from '../send-times/starting-point.js';
import type { Walk } from '../run/walk.js';
import { compileProperty, type Read } from './compile-property.js';

/** A source of raw values of some type: `read` gives canonical values of `type`. */
export interface CompiledSource {
  readonly type: FieldType;
  readonly read: Read;
}

/** Where a source stands: the node and the path of its setting. */
export interface SourcePlace {
  readonly nodeId: string;
  readonly setting: string;
}

/** How a source is read for a target; undefined when it cannot be, because a property is gone. */
export function compileSource(
  source: ValueSource,
  target: ValueShape,
  context: CampaignContext,
  place: SourcePlace,
): CompiledSource | undefined {
  switch (source.source) {
    case 'static':
      return compileStatic(source.value, target);
    case 'property': {
      const compiled = compileProperty(source.property, context);
      return compiled && { type: compiled.property.type, read: compiled.read };
    }
    case 'today': {
      const { offset } = source;
      const days = offset?.days ?? 0;
      if (offset?.hours === undefined) return { type: 'date', read: (walk) => walk.dayFromToday(days) };
      return { type: 'datetime', read: (walk) => formatInstant(movedInstant(walk.input.now, offset, walk.input.zone)) };
    }
    case 'python': {
      const asked = { ...place, kind: 'expression', code: source.expression } as const;
      return { type: target.type, read: (walk) => readAnswer(walk, asked, target) };
    }
  }
}

/** A typed value; a datetime without an offset is read in the zone of each participant, a bare date stays a date (A32). */
function compileStatic(value: FieldValue, target: ValueShape): CompiledSource | undefined {
  if (target.type !== 'datetime') {
    const constant = coerce(target, value, { zone: 'UTC' });
    if (constant.kind === 'problem') return undefined;
    const read = constant.kind === 'value' ? constant.value : undefined;
    return { type: target.type, read: () => read };
  }
  const date = coerce({ type: 'date' }, value, { zone: 'UTC' });
  if (date.kind === 'value') return { type: 'date', read: () => date.value };
  if (coerce(target, value, { zone: 'UTC' }).kind === 'problem') return undefined;
  return { type: 'datetime', read: (walk) => datetimeIn(walk, value, target) };
}

function datetimeIn(walk: Walk, value: FieldValue, target: ValueShape): FieldValue | undefined {
  const read = coerce(target, value, { zone: walk.input.zone.name });
  return read.kind === 'value' ? read.value : undefined;
}

/** The local day of a canonical datetime, as `YYYY-MM-DD`, in the participant's zone (A32). */
export function localDateOf(datetime: string, walk: Walk): string | undefined {
  const instant = Date.parse(datetime);
  return Number.isNaN(instant) ? undefined : walk.dayFromToday(walk.input.zone.localDay(instant) - walk.today());
}

/** A value as text for a template: a datetime as `YYYY-MM-DD HH:mm` in the participant's zone, everything else as it is stored. */
export function displayText(value: FieldValue, type: FieldType, zoneName: string): string {
  if (type !== 'datetime' || typeof value !== 'string') return String(value);
  const instant = Date.parse(value);
  if (Number.isNaN(instant)) return value;
  return new Date(timeZone(zoneName).localTime(instant)).toISOString().slice(0, 16).replace('T', ' ');
}
