import { derivedId, streamName, type EventStore } from '@poinciana/event-sourcing';
import type { CommunicationFacts } from '../src/domain/communication.js';
import { communicationOf } from '../src/domain/communication.js';
import { EXACT, flowRun } from './sample-definitions.js';

export const FINAL_STATUSES = ['Completed', 'NoResponse', 'Canceled', 'Skipped', 'Failed'];
const FIRST_ADDRESS = 491_500_000_000;

/** Runs that plan one communication a person, to be sent now. Answers the communications' ids. */
export async function planNow(
  store: EventStore,
  name: string,
  count: number,
  durationMs: number,
): Promise<readonly string[]> {
  const sendAt = new Date().toISOString();
  const windowEnd = new Date(Date.parse(sendAt) + 3_600_000).toISOString();
  const planned = Array.from({ length: count }, (_, index) => {
    const participant = derivedId('participant', name, index);
    const id = derivedId('communication', name, index);
    const run = flowRun(participant, 1, [
      { id, address: addressOf(name, index), sendAt, windowEnd, durationMs, timing: EXACT },
    ]);
    return { id, write: { stream: streamName('flow-runs', participant), expectedRevision: -1, events: [run] } };
  });
  await store.append(planned.map(({ write }) => write));
  return planned.map(({ id }) => id);
}

export function addressOf(name: string, index: number): string {
  return String(FIRST_ADDRESS + index + name.length * 1_000_000);
}

/** What the communications' last events say, in the order asked. */
export async function factsOf(
  store: EventStore,
  ids: readonly string[],
): Promise<readonly (CommunicationFacts | undefined)[]> {
  const lasts = await store.readLast(ids.map((id) => streamName('communication', id)));
  return lasts.map((last) => communicationOf(last)?.facts);
}
