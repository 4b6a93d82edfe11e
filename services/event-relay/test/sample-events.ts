import {
  contractSchemas,
  type ContractSchema,
  type MemberSchema,
  type ObjectSchema,
} from '@poinciana/contracts/schemas';
import {
  derivedId,
  type EventStore,
  type JsonObject,
  type JsonValue,
  type NewEvent,
  streamName,
} from '@poinciana/event-sourcing';

/** Stands in every personal value, so that it can be looked for. */
export const PERSONAL = 'ada@example.com';
/** Stands in what the contract does not show. */
export const SECRET = 'sealed-secret';
export const WORKSPACES = [derivedId('workspace', 'one'), derivedId('workspace', 'two')] as const;

const LARGE_CHARACTERS = 60_000;

/** Appends one event of every type that there is about each of some people, with values for all that its contract knows. */
export async function appendSamples(store: EventStore, people: number): Promise<void> {
  const perStream = new Map<string, NewEvent[]>();
  for (const contract of contractSchemas) {
    for (let person = 0; person < people; person += 1) {
      const stream = streamName(contract.category, derivedId(contract.category, person));
      const events = Object.keys(contract.events).map((type) => sampleOf(contract, type, person));
      if (events.length > 0) perStream.set(stream, events);
    }
  }
  const writes = [...perStream].map(([stream, events]) => ({ stream, expectedRevision: -1, events }));
  for (let from = 0; from < writes.length; from += people) await store.append(writes.slice(from, from + people));
}

function sampleOf(contract: ContractSchema, type: string, person: number): NewEvent {
  const cause = derivedId(contract.name, type, person);
  const { $defs } = contract.schema;
  const part = contract.events[type];
  const data = { ...objectOf($defs[type], $defs, `value ${person}`), notInTheContract: SECRET };
  const event: NewEvent = {
    id: derivedId(cause, 'event'),
    type,
    workspace: WORKSPACES[person % WORKSPACES.length] ?? '',
    key: derivedId('person', person),
    time: '2026-06-01T12:00:00.000Z',
    causation: cause,
    correlation: cause,
    actor: `user:${PERSONAL}`,
    hop: 0,
    data: type === 'ChannelSaved' ? withSecret(data) : data,
  };
  return typeof part === 'string' ? { ...event, personal: personalOf($defs[part], $defs, person) } : event;
}

/** Some are so large that the brokers of the test refuse them for it when they are opened. */
function personalOf(schema: ObjectSchema | undefined, $defs: Definitions, person: number): JsonObject {
  const text = person === 0 ? PERSONAL + 'x'.repeat(LARGE_CHARACTERS) : PERSONAL;
  return { ...objectOf(schema, $defs, text), more: PERSONAL };
}

function withSecret(data: JsonObject): JsonObject {
  return { ...data, channel: { ...(data['channel'] as JsonObject), encryptedSecrets: { password: SECRET } } };
}

type Definitions = Readonly<Record<string, ObjectSchema>>;

function objectOf(schema: ObjectSchema | undefined, $defs: Definitions, text: string): JsonObject {
  if (schema === undefined) throw new Error('The contract lacks a message that it names');
  const members = Object.entries(schema.properties).filter(([name]) => name !== 'personal');
  return Object.fromEntries(members.map(([name, member]) => [name, valueOf(member, $defs, text)]));
}

function valueOf(
  { $ref, type, items, additionalProperties }: MemberSchema,
  $defs: Definitions,
  text: string,
): JsonValue {
  if ($ref !== undefined) return objectOf($defs[$ref.slice('#/$defs/'.length)], $defs, text);
  if (items !== undefined) return [valueOf(items, $defs, text), valueOf(items, $defs, text)];
  if (additionalProperties !== undefined) return { some: valueOf(additionalProperties, $defs, text) };
  if (type === 'object') return { some: text, nested: { list: [1, null, text] } };
  if (type === 'boolean') return true;
  return type === 'integer' || type === 'number' ? 7 : text;
}
