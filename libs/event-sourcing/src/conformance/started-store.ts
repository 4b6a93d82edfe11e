import type { EventStore } from '../event-store.js';

/** A store under test, started for one run of the suite. */
export interface StartedStore {
  readonly store: EventStore;
  /** A second, independent entrance to the same log, as another process would have it. */
  readonly other: EventStore;
  stop(): Promise<void>;
}

/** Gives the specs the store that was started before them. */
export type StoreUnderTest = () => StartedStore;
