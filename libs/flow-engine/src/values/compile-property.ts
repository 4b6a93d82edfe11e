import {
  coerce,
  findProperty,
  type CampaignContext,
  type FieldValue,
  type Property,
  type PropertyReference,
} from '@poinciana/campaign-definition';
import type { CommunicationOutcome } from '../run/participant-state.js';
import type { Walk } from '../run/walk.js';

/** Reads a canonical value during a run; undefined is "not set". */
export type Read = (walk: Walk) => FieldValue | undefined;

export interface CompiledProperty {
  readonly property: Property;
  readonly read: Read;
}

type ResultOfEvery = (outcome: CommunicationOutcome) => FieldValue | undefined;

/** What every communication offers (A4). */
const RESULTS_OF_EVERY: Readonly<Record<string, ResultOfEvery>> = {
  status: (outcome) => outcome.status,
  name: (outcome) => outcome.name,
  channel: (outcome) => outcome.channel,
  replied: (outcome) => outcome.replied,
  started_at: (outcome) => outcome.startedAt,
  ended_at: (outcome) => outcome.endedAt,
};

/**
 * How a property is read; undefined when it is a field that does not exist. Agents may be edited while the flow runs: a result that
 * none declares any more, or two with different types, is not set ([W]7); activation refuses both (A71).
 */
export function compileProperty(reference: PropertyReference, context: CampaignContext): CompiledProperty | undefined {
  const { property } = findProperty(reference, context);
  if (property === undefined) return reference.group === 'communication' ? undeclaredResult(reference.name) : undefined;
  const { name } = property;
  if (property.group !== 'communication') return { property, read: (walk) => walk.field(name) };
  const ofEvery = Object.hasOwn(RESULTS_OF_EVERY, name) ? RESULTS_OF_EVERY[name] : undefined;
  if (ofEvery)
    return { property, read: (walk) => (walk.input.outcome === undefined ? undefined : ofEvery(walk.input.outcome)) };
  return { property, read: (walk) => readDeclaredResult(property, walk) };
}

/** A result that nobody declares as it is used: never set. */
export function undeclaredResult(name: string): CompiledProperty {
  const property: Property = { group: 'communication', name, title: name, type: 'string', mayBeMissing: true };
  return { property, read: () => undefined };
}

/** A declared result, coerced; not set after Skipped and Canceled (A65), and when it does not fit, which is noted (A71). */
function readDeclaredResult(property: Property, walk: Walk): FieldValue | undefined {
  const { outcome, zone } = walk.input;
  if (outcome?.results === undefined || outcome.status === 'Skipped' || outcome.status === 'Canceled') return undefined;
  if (!Object.hasOwn(outcome.results, property.name)) return undefined;
  const result = coerce(property, outcome.results[property.name], { zone: zone.name });
  if (result.kind === 'value') return result.value;
  const step = walk.steps.at(-1);
  if (result.kind === 'problem' && step) step.code ??= 'invalid_result';
  return undefined;
}
