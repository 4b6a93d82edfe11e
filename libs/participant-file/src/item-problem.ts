import type { DomainError } from '@poinciana/event-sourcing';

/** How much of a refused value is repeated in a report, in characters. */
export const REPORTED_VALUE_CHARACTERS_MAX = 256;

/** Why an item was refused, for the errors report and the answer of the API. `field` is empty when the item as a whole is wrong. */
export interface ItemProblem {
  readonly field: string;
  /** The value as it was given, cut; personal. */
  readonly value: string;
  readonly code: string;
  readonly reason: string;
}

/** Something worth telling that did not stop the item. */
export interface ItemWarning {
  readonly field: string;
  readonly code: string;
  readonly reason: string;
}

const REASONS = {
  required_missing: 'The field is required and has no value.',
  no_identity: 'None of external_id, email, phone, telegram_id, whatsapp_id and web_id has a value.',
  unknown_timezone: 'The value is not an IANA time zone such as Europe/London.',
  too_many_cells: 'The row has more cells than the header.',
  invalid_item: 'The item must be an object with an object called attributes.',
  duplicate_attribute: 'The attribute is given more than once in different spellings.',
} as const;

const WARNINGS = {
  key_of_another: 'The value already identifies another customer, who keeps it as identification.',
  ignored_attribute: 'The campaign has no field of this name with Import enabled; the attribute was ignored.',
} as const;

const UNSTORABLE = /[\0\p{Surrogate}]/gu;

export function itemProblem(code: keyof typeof REASONS, field = '', value: unknown = ''): ItemProblem {
  return { field, value: reportedValue(value), code, reason: REASONS[code] };
}

/** An item that a rule of the domain refuses as a whole. */
export function itemRefusal({ code, message }: DomainError): ItemProblem {
  return { field: '', value: '', code, reason: `${message}.` };
}

export function itemWarning(code: keyof typeof WARNINGS, field: string): ItemWarning {
  return { field, code, reason: WARNINGS[code] };
}

/** A refused value as text, cut. What cannot be stored as text is replaced. */
export function reportedValue(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
  return text.slice(0, REPORTED_VALUE_CHARACTERS_MAX).replace(UNSTORABLE, '\uFFFD');
}
