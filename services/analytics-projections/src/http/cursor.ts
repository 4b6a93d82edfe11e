import { DomainError } from '@poinciana/event-sourcing';

/** Where a page ended: what the list is sorted by, and the id of the last line. */
export interface Cursor {
  readonly instant: string;
  readonly id: string;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Renders a cursor for `after`; its form is nobody's business. */
export function formatCursor({ instant, id }: Cursor): string {
  return Buffer.from(`${instant} ${id}`).toString('base64url');
}

/** Reads what `formatCursor` wrote, and refuses anything else. */
export function parseCursor(text: string): Cursor {
  const [instant = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  if (!INSTANT.test(instant) || !UUID.test(id)) {
    throw new DomainError('malformed_cursor', 'after must be the `next` of an earlier page');
  }
  return { instant, id };
}
