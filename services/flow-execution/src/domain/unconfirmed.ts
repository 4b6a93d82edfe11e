import type { FieldValue } from '@poinciana/campaign-definition';
import type { RunEffects } from './run-trigger.js';

/**
 * What her own runs wrote and no event has said yet: by field, the last value and the run that gave it. Absent where there is
 * nothing, which is the case for nearly everybody.
 */
export type UnconfirmedValues = Readonly<Record<string, { readonly runId: string; readonly value: FieldValue | null }>>;

/** The same after a run of hers. */
export function withRun(
  unconfirmed: UnconfirmedValues | undefined,
  { id, personal: { fieldValues } }: RunEffects,
): UnconfirmedValues | undefined {
  const written = Object.entries(fieldValues).map(([name, value]) => [name, { runId: id, value }] as const);
  return written.length === 0 ? unconfirmed : { ...unconfirmed, ...Object.fromEntries(written) };
}

/** The same after the event that follows from a run of hers. */
export function withoutRun(
  unconfirmed: UnconfirmedValues | undefined,
  runId: string | undefined,
): UnconfirmedValues | undefined {
  if (unconfirmed === undefined) return undefined;
  const left = Object.entries(unconfirmed).filter(([, each]) => each.runId !== runId);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/**
 * The changes of an event that follows from a run of hers. Ingestion writes runs in their order, and nothing where nothing
 * changes: so what a later run gave a field counts, and what this one gave it counts again if somebody else wrote it since.
 */
export function confirmedChanges(
  unconfirmed: UnconfirmedValues = {},
  changes: Readonly<Record<string, FieldValue | null>>,
): Readonly<Record<string, FieldValue | null>> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const own = Object.hasOwn(unconfirmed, name) ? unconfirmed[name] : undefined;
      return [name, own === undefined ? value : own.value];
    }),
  );
}
