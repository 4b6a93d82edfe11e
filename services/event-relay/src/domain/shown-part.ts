import type { MemberSchema, ObjectSchema } from '@poinciana/contracts/schemas';
import type { JsonObject, JsonValue } from '@poinciana/event-sourcing';

type Definitions = Readonly<Record<string, ObjectSchema>>;

const REFERENCE = '#/$defs/';

/**
 * What a contract shows of an object: the members that its schema names, and of those with a schema of their own again only these. What
 * the contract does not know (a secret, a member of a newer version) is left out. Objects without named members are shown whole.
 */
export function shownPart(value: JsonObject, definition: string, definitions: Definitions): JsonObject {
  const schema = definitions[definition];
  if (schema === undefined) throw new RangeError(`The contract has no ${definition}`);
  const shown: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(schema.properties)) {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    if (inner !== undefined) shown[name] = shownMember(inner, member, definitions);
  }
  return shown;
}

function shownMember(value: JsonValue, { $ref, items }: MemberSchema, definitions: Definitions): JsonValue {
  if (isList(value)) return items === undefined ? value : value.map((one) => shownMember(one, items, definitions));
  if ($ref === undefined || typeof value !== 'object' || value === null) return value;
  return shownPart(value, $ref.slice(REFERENCE.length), definitions);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
