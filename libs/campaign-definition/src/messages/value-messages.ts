import type { MessageCatalogue } from './render.js';

/** Why a value was refused, for error reports and API answers. */
export const VALUE_MESSAGES: MessageCatalogue = {
  invalid_string: 'The value is not a text.',
  invalid_integer: 'The value is not a whole number.',
  invalid_numeric: 'The value is not a number. Write the decimal mark as a point, without thousands separators.',
  invalid_boolean: 'The value is none of true, false, 1, 0, yes, no.',
  invalid_date: 'The value is not a date of the expected format (YYYY-MM-DD unless the upload says otherwise).',
  invalid_datetime: 'The value is not an ISO 8601 date and time, such as 2026-06-30T14:00 or 2026-06-30T14:00:00Z.',
  invalid_enumeration: 'The value is not one of the allowed values of the field.',
  invalid_email: 'The value is not an email address.',
  invalid_phone: 'The value is not a phone number of 7 to 15 digits.',
  invalid_character: 'The value contains a character that cannot be stored.',
  invalid_json_type: 'The value is a list or an object; a single value is expected.',
  unsafe_number: 'The number is too large to be kept exactly. Send it as text.',
  value_too_long: 'The value is longer than 32,767 characters.',
};
