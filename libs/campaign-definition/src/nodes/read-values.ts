import { OFFSET_DAYS_MAX, OFFSET_HOURS_MAX, type Offset } from '../values/offset.js';
import { PROPERTY_GROUPS, type PropertyReference } from '../values/property.js';
import type { ValueSource } from '../values/value-source.js';
import type { SettingsReader } from './settings-reader.js';

const VALUE_SOURCES = ['static', 'property', 'today', 'python'] as const;
const EXPRESSION_MAX = 10_000;

export function readProperty(reader: SettingsReader, setting: string, title: string): PropertyReference | undefined {
  const group = reader.group(setting, title);
  if (group === undefined) return undefined;
  const name = group.requiredText('name', title, 64);
  if (!group.has('group')) return group.missing('group', title);
  const level = group.choice('group', title, PROPERTY_GROUPS);
  return name === undefined || level === undefined ? undefined : { group: level, name };
}

export function readOffset(reader: SettingsReader, setting: string, title: string): Offset | undefined {
  const group = reader.group(setting, title);
  if (group === undefined) return undefined;
  const days = group.number('days', title, -OFFSET_DAYS_MAX, OFFSET_DAYS_MAX);
  const hours = group.number('hours', title, -OFFSET_HOURS_MAX, OFFSET_HOURS_MAX);
  if (days !== undefined && !Number.isInteger(days)) return group.invalid('days', title);
  return { ...(days === undefined ? {} : { days }), ...(hours === undefined ? {} : { hours }) };
}

/** A value source; undefined when it is absent or cannot be read, which is then among the problems unless it is absent. */
export function readSource(reader: SettingsReader, setting: string, title: string): ValueSource | undefined {
  const group = reader.group(setting, title);
  if (group === undefined) return undefined;
  if (!group.has('source')) return group.missing('source', title);
  switch (group.choice('source', title, VALUE_SOURCES)) {
    case 'static':
      return readStatic(group, title);
    case 'property': {
      if (!group.has('property')) return group.missing('property', title);
      const property = readProperty(group, 'property', title);
      return property && { source: 'property', property };
    }
    case 'today': {
      const offset = readOffset(group, 'offset', title);
      return offset === undefined ? { source: 'today' } : { source: 'today', offset };
    }
    case 'python': {
      const expression = group.requiredText('expression', title, EXPRESSION_MAX);
      return expression === undefined ? undefined : { source: 'python', expression };
    }
    default:
      return undefined;
  }
}

function readStatic(group: SettingsReader, title: string): ValueSource | undefined {
  const value = group.raw('value');
  if (value === undefined || (typeof value === 'string' && value.trim() === '')) return group.missing('value', title);
  if (typeof value === 'object') return group.invalid('value', title);
  return { source: 'static', value };
}
