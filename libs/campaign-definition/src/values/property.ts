import type { FieldType } from '../fields/field-definition.js';
import type { ValueShape } from '../fields/coerce.js';
import { COMMUNICATION_STATUSES } from '../communications/communication-status.js';
import { CHANNEL_TYPES, type AgentDefinition } from '../campaign-context.js';
import type { CampaignContext } from '../campaign-context.js';

/** The three groups a condition offers: Customer Profile, Participant, Communication Results. */
export const PROPERTY_GROUPS = ['customer', 'participant', 'communication'] as const;
export type PropertyGroup = (typeof PROPERTY_GROUPS)[number];

export function isPropertyGroup(value: unknown): value is PropertyGroup {
  return typeof value === 'string' && (PROPERTY_GROUPS as readonly string[]).includes(value);
}

/** What a node reads: a field by its name, or a result of the communication that fired the trigger, else of the last ended one. */
export interface PropertyReference {
  readonly group: PropertyGroup;
  readonly name: string;
}

/** What a reference points at. */
export interface Property extends ValueShape {
  readonly group: PropertyGroup;
  readonly name: string;
  readonly title: string;
  /** A row may come without it: every participant has a value only for required fields and for what each communication has. */
  readonly mayBeMissing: boolean;
}

interface ResultOfEvery extends ValueShape {
  readonly title: string;
}

/** What every communication offers beside the results its agent declares (A4). */
export const RESULTS_OF_EVERY_COMMUNICATION: Readonly<Record<string, ResultOfEvery>> = {
  status: { type: 'enumeration', title: 'Status', enumerationValues: COMMUNICATION_STATUSES },
  name: { type: 'string', title: 'Communication Name' },
  channel: { type: 'enumeration', title: 'Channel', enumerationValues: CHANNEL_TYPES },
  replied: { type: 'boolean', title: 'Replied' },
  started_at: { type: 'datetime', title: 'Started at' },
  ended_at: { type: 'datetime', title: 'Ended at' },
};

/** A found property, or why there is none. */
export type PropertyLookup =
  | { readonly property: Property; readonly code?: never }
  | { readonly property?: never; readonly code: 'missing_field' | 'missing_result' | 'result_type_conflict' };

/** Finds what a reference points at. Two agents that declare one name with different types are a conflict (A71). */
export function findProperty(reference: PropertyReference, context: CampaignContext): PropertyLookup {
  if (reference.group === 'communication') return findResult(reference.name, context.agents);
  const field = context.fields.find((candidate) => candidate.name === reference.name);
  if (field === undefined || field.level !== reference.group) return { code: 'missing_field' };
  return {
    property: {
      group: reference.group,
      name: field.name,
      title: field.title,
      type: field.type,
      ...(field.enumerationValues === undefined ? {} : { enumerationValues: field.enumerationValues }),
      mayBeMissing: !field.required,
    },
  };
}

function findResult(name: string, agents: readonly AgentDefinition[]): PropertyLookup {
  if (Object.hasOwn(RESULTS_OF_EVERY_COMMUNICATION, name)) {
    const result = RESULTS_OF_EVERY_COMMUNICATION[name] as ResultOfEvery;
    return { property: { group: 'communication', name, mayBeMissing: false, ...result } };
  }
  let type: FieldType | undefined;
  const values = new Set<string>();
  for (const agent of agents) {
    for (const result of agent.results) {
      if (result.name !== name) continue;
      if (type !== undefined && type !== result.type) return { code: 'result_type_conflict' };
      type = result.type;
      for (const value of result.enumerationValues ?? []) values.add(value);
    }
  }
  if (type === undefined) return { code: 'missing_result' };
  return {
    property: { group: 'communication', name, title: name, type, enumerationValues: [...values], mayBeMissing: true },
  };
}

/** The title of what a reference points at; its name when it points at nothing. */
export function propertyTitle(reference: PropertyReference, context: CampaignContext): string {
  return findProperty(reference, context).property?.title ?? reference.name;
}
