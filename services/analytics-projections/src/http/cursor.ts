import { DomainError } from '@poinciana/event-sourcing';
import type { PageEnd } from '../views/page.js';
import { parseInstant } from './instant.js';

/** The longest `after`: a value of 256 characters that need four bytes each, and what the encoding adds. */
export const CURSOR_CHARACTERS_MAX = 2_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Renders a cursor for `after`; its form is nobody's business. */
export function formatCursor({ value, id }: PageEnd): string {
  return Buffer.from(id + value).toString('base64url');
}

/** Reads what `formatCursor` wrote for a list that is sorted by an instant, or by a text, and refuses anything else. */
export function parseCursor(
  text: string,
  sortedBy: 'instant' | 'text',
  parameter: 'after' | 'before' = 'after',
): PageEnd {
  const whole = Buffer.from(text, 'base64url').toString();
  const id = whole.slice(0, 36);
  const value = whole.slice(36);
  const fits = sortedBy === 'instant' ? parseInstant(value, 'UTC') === value : !value.includes('\0');
  if (UUID.test(id) && fits) return { value, id };
  const from = parameter === 'after' ? 'next' : 'previous';
  throw new DomainError('malformed_cursor', `${parameter} must be the \`${from}\` of another page`);
}
