import type { participant as contract } from '@poinciana/contracts';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import { EventIds } from './event-ids.js';

/** Where one item comes from, for the envelopes of the events that follow from it. */
export interface ItemOrigin {
  readonly customerEventId: string;
  readonly participantEventId: string;
  /** The id of the event or command that caused the item. */
  readonly causation: string;
  /** The outside event at the root of the chain of causes. */
  readonly correlation: string;
  readonly actor: string;
  readonly hop: number;
  readonly source: contract.Source;
}

/** The origin of the item with a number. The same number has the same origin at every repetition. */
export type ItemOrigins = (number: number) => ItemOrigin;

/** What the items of a door have in common. */
export interface Door {
  readonly door: 'upload' | 'api' | 'kafka';
  /** The upload's id, or what names the request: with an item's number it names the item's events. */
  readonly cause: string;
  readonly uploadId?: string;
  /** The id of the event or command that caused the items. */
  readonly causation: string;
  readonly actor: string;
}

/** Items of a door are outside events of their own: whatever follows from one goes back to it. */
export function originsOfDoor({ door, cause, uploadId, causation, actor }: Door): ItemOrigins {
  const ids = new EventIds(cause);
  return (number) => {
    const participantEventId = ids.participantEvent(number);
    return {
      customerEventId: ids.customerEvent(number),
      participantEventId,
      causation,
      correlation: participantEventId,
      actor,
      hop: 0,
      source: uploadId === undefined ? { door } : { door, uploadId, row: number },
    };
  };
}

/** Items that follow from events of the log, numbered as these are: one hop further from the outside event (A11). */
export function originsOfRuns(runs: readonly { readonly event: StoredEvent; readonly runId: string }[]): ItemOrigins {
  return (number) => {
    const run = runs[number];
    if (run === undefined) throw new RangeError(`There is no run ${number} in the batch`);
    const { id, correlation, actor, hop } = run.event;
    return {
      customerEventId: derivedId(id, 'customer'),
      participantEventId: derivedId(id, 'participant'),
      causation: id,
      correlation,
      actor,
      hop: hop + 1,
      source: { door: 'flow', runId: run.runId },
    };
  };
}
