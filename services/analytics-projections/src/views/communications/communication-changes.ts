import type { communication as contract, JsonObject } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** What a batch means for the row of one communication: each of its events carries the whole state, so the last one counts. */
export interface CommunicationChange {
  readonly communication: contract.Communication;
  readonly workspace: string;
  /** When it was planned, as far as its events tell. */
  readonly plannedAt: string;
  /** The declared result named `result`, as text (A75). */
  readonly result?: string;
  readonly revision: number;
}

/** The last state of every communication that a batch of communication events, in log order, speaks of. */
export function communicationChanges(events: readonly StoredEvent[]): readonly CommunicationChange[] {
  const changes = new Map<string, CommunicationChange>();
  for (const event of events) {
    const { communication } = event.data as contract.CommunicationPlanned;
    const result = resultOf(event);
    changes.set(communication.id, {
      communication,
      workspace: event.workspace,
      plannedAt: communication.plannedAt ?? changes.get(communication.id)?.plannedAt ?? event.time,
      ...(result === undefined ? {} : { result }),
      revision: event.revision,
    });
  }
  return [...changes.values()];
}

function resultOf({ personal }: StoredEvent): string | undefined {
  const results: JsonObject = (personal as Partial<contract.CommunicationPersonal> | undefined)?.results ?? {};
  const result = Object.hasOwn(results, 'result') ? results['result'] : undefined;
  if (result === undefined || result === null) return undefined;
  return typeof result === 'object' ? JSON.stringify(result) : String(result);
}
