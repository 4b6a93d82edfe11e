import type { StoredEvent } from '@poinciana/event-sourcing';

/** What the envelope of an event takes beside `data` and `personal`, in bytes. */
export const ENVELOPE_BYTES = 400;

/** About how many bytes an event takes as JSON: enough to bound a batch without writing it out. */
export function approximateBytes(event: StoredEvent): number {
  return ENVELOPE_BYTES + valueBytes(event.data) + (event.personal === undefined ? 0 : valueBytes(event.personal));
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) bytes += 4 + valueBytes(value[index]);
    return bytes;
  }
  // Plain JSON has own members only, and going over them in place makes nothing that would have to be collected.
  for (const name in value) bytes += name.length + 4 + valueBytes((value as Readonly<Record<string, unknown>>)[name]);
  return bytes;
}
