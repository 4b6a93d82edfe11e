import { coerce, FIELD_TYPES, type FieldType } from '@poinciana/campaign-definition';
import type { JsonObject, JsonValue, workspace } from '@poinciana/contracts';

export interface CheckedResults {
  readonly results: JsonObject;
  /** Names of values that were given and are not set. */
  readonly invalid: readonly string[];
}

/** What an agent may report: values it declares, of the types it declares; the rest is not set (A71). */
export function declaredResults(agent: workspace.Agent, given: JsonObject, zone: string): CheckedResults {
  const results: Record<string, JsonValue> = {};
  const invalid: string[] = [];
  for (const [name, raw] of Object.entries(given)) {
    const declared = agent.results.find((result) => result.name === name);
    const type = FIELD_TYPES.find((each) => each === declared?.type);
    const value = declared && type && valueOf(type, declared.enumerationValues, raw, zone);
    if (value === undefined) invalid.push(name);
    else results[name] = value;
  }
  return { results, invalid };
}

function valueOf(type: FieldType, enumerationValues: readonly string[], raw: JsonValue | undefined, zone: string) {
  const coerced = coerce({ type, enumerationValues }, raw, { zone });
  return coerced.kind === 'value' ? coerced.value : undefined;
}
