/** The nine types of [F]1. */
export const FIELD_TYPES = [
  'string',
  'integer',
  'numeric',
  'boolean',
  'date',
  'datetime',
  'enumeration',
  'email',
  'phone',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Where a field is stored: with the customer, for all campaigns, or with the participant of one campaign. */
export type FieldLevel = 'customer' | 'participant';

/** One row of the Data tab. The order of the list is the order of the tab. */
export interface FieldDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly type: FieldType;
  readonly level: FieldLevel;
  /** Whether uploads read it. Off means Required is off too ([F]3). */
  readonly import: boolean;
  readonly required: boolean;
  /** A system field: title, name, type and level are fixed (A91). */
  readonly locked: boolean;
  /** The allowed values, for type enumeration only. */
  readonly enumerationValues?: readonly string[];
}

export const FIELDS_MAX = 200;
export const FIELD_TITLE_MAX = 200;
export const FIELD_DESCRIPTION_MAX = 2_000;
export const ENUMERATION_VALUES_MAX = 500;

function systemField(name: string, title: string, type: FieldType = 'string'): FieldDefinition {
  return { name, title, description: '', type, level: 'customer', import: true, required: false, locked: true };
}

/** The fields that every campaign has from the start. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  systemField('external_id', 'External ID'),
  systemField('name', 'Name'),
  systemField('email', 'Email', 'email'),
  systemField('phone', 'Phone', 'phone'),
  systemField('telegram_id', 'Telegram ID'),
  systemField('telegram_username', 'Telegram Username'),
  systemField('whatsapp_id', 'WhatsApp ID'),
  systemField('web_id', 'Web ID'),
];

/** The keys that say who a customer is, in the order in which they are tried (A3). */
export const IDENTITY_KEYS = ['external_id', 'email', 'phone', 'telegram_id', 'whatsapp_id', 'web_id'] as const;

/** Identity keys that no flow may write (A72). */
export const KEYS_NO_FLOW_WRITES: readonly string[] = ['external_id', 'telegram_id', 'whatsapp_id', 'web_id'];

export function isFieldType(value: unknown): value is FieldType {
  return typeof value === 'string' && (FIELD_TYPES as readonly string[]).includes(value);
}
