import type { StoredEvent } from '@poinciana/event-sourcing';

/** What the envelope of an event takes beside `data` and `personal`, in bytes. */
const ENVELOPE_BYTES = 400;

/** About how many bytes an event takes as JSON: enough to bound a batch without writing it out. */
export function approximateBytes(event: StoredEvent): number {
  return ENVELOPE_BYTES + valueBytes(event.data) + (event.personal === undefined ? 0 : valueBytes(event.personal));
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 2;
  for (const [name, part] of Object.entries(value)) bytes += name.length + 4 + valueBytes(part);
  return bytes;
}
