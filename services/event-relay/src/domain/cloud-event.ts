import type { ContractSchema } from '@poinciana/contracts/schemas';
import { formatPosition, type JsonObject, type StoredEvent } from '@poinciana/event-sourcing';
import { shownPart } from './shown-part.js';

/** A CloudEvent 1.0 in the binary mode of Kafka: its attributes are headers, its data is the value. */
export interface CloudEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface CloudEventOptions {
  readonly contract: ContractSchema;
  /** Whether what says something about a person goes with it, as the member `personal`. */
  readonly withPersonal: boolean;
}

/** The attributes of an event of a contract. Who asked for it (`actor`) is a person as well, and not told. */
export function attributesOf(event: StoredEvent, { name, schema }: ContractSchema): Readonly<Record<string, string>> {
  return {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: `urn:poinciana:workspace:${event.workspace}`,
    ce_type: `poinciana.${name.replaceAll('-', '_')}.${event.type}`,
    ce_time: event.time,
    ce_subject: event.stream,
    ce_dataschema: `${schema.$id}#/$defs/${event.type}`,
    'content-type': 'application/json',
    ce_workspace: event.workspace,
    ce_partitionkey: event.key,
    ce_position: formatPosition(event.position),
    ce_revision: String(event.revision),
    ce_correlationid: event.correlation,
    ce_causationid: event.causation,
  };
}

/** The event as others see it: of its data what the contract shows, and nothing else. */
export function cloudEventOf(event: StoredEvent, { contract, withPersonal }: CloudEventOptions): CloudEvent {
  const { $defs } = contract.schema;
  const data = shownPart(event.data as JsonObject, event.type, $defs);
  const part = contract.events[event.type];
  const isOpen = withPersonal && typeof part === 'string' && event.personal !== undefined;
  const value = isOpen ? { ...data, personal: shownPart(event.personal as JsonObject, part, $defs) } : data;
  return { headers: attributesOf(event, contract), value: JSON.stringify(value) };
}
