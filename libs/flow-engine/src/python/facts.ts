import type { FieldDefinition, FieldType, FieldValue } from '@poinciana/campaign-definition';
import type { Walk } from '../run/walk.js';
import type { PythonFacts } from './question.js';

const typesOf = new WeakMap<ReadonlyMap<string, FieldDefinition>, Readonly<Record<string, FieldType>>>();

/** What Python sees at this point of a run. */
export function pythonFacts(walk: Walk): PythonFacts {
  const { fields, zone, outcome, now } = walk.input;
  const participant: Record<string, FieldValue> = {};
  const customer: Record<string, FieldValue> = {};
  for (const { name, level } of fields.values()) {
    const value = walk.field(name);
    if (value !== undefined) (level === 'customer' ? customer : participant)[name] = value;
  }
  return {
    participant,
    customer,
    ...(outcome === undefined ? {} : { communication: outcome }),
    now: new Date(now).toISOString(),
    today: walk.dayFromToday(0),
    zone: zone.name,
    types: knownTypes(fields),
  };
}

/** Told once for a flow, and the same object for all its questions. */
function knownTypes(fields: ReadonlyMap<string, FieldDefinition>): Readonly<Record<string, FieldType>> {
  const known = typesOf.get(fields);
  if (known !== undefined) return known;
  const types = Object.fromEntries([...fields.values()].map((field) => [field.name, field.type]));
  typesOf.set(fields, types);
  return types;
}
