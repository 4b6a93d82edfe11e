import { foldedEmail, type FieldValue } from '@poinciana/campaign-definition';

/** What identifies a customer, in the order in which it is tried (A3), each with the letter that its keys begin with. */
export const IDENTITY_FIELDS = [
  { name: 'external_id', letter: 'x' },
  { name: 'email', letter: 'e' },
  { name: 'phone', letter: 'p' },
  { name: 'telegram_id', letter: 't' },
  { name: 'whatsapp_id', letter: 'w' },
  { name: 'web_id', letter: 'b' },
] as const;

const EXTERNAL_ID_PREFIX = 'x:';

/** `<letter>:<value>`, the value in the form in which two of them are compared. */
export type IdentityKey = string;

/** The keys of an item's values, in the order of A3; empty when nothing identifies anybody. */
export function identityKeysOf(values: Readonly<Record<string, FieldValue | null>>): readonly IdentityKey[] {
  const keys: IdentityKey[] = [];
  for (const { name, letter } of IDENTITY_FIELDS) {
    const value = values[name];
    if (value !== undefined && value !== null) keys.push(`${letter}:${foldedIdentity(name, String(value))}`);
  }
  return keys;
}

export function isExternalId(key: IdentityKey): boolean {
  return key.startsWith(EXTERNAL_ID_PREFIX);
}

/** The field that a key belongs to. */
export function fieldOfKey(key: IdentityKey): string {
  return IDENTITY_FIELDS.find(({ letter }) => key.startsWith(`${letter}:`))?.name ?? '';
}

function foldedIdentity(name: string, value: string): string {
  if (name === 'email') return foldedEmail(value);
  return name === 'phone' ? value : value.normalize('NFC');
}
