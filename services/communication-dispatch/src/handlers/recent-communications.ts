import type { StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf, isEnded, later } from '../domain/communication.js';

/** Communications that are remembered, at most: some three kilobytes each. */
const KEPT_MAX = 5_000;
/** Personal values are not kept in memory for longer than this; what is due later is not kept at all. */
const AGE_MAX_MS = 30_000;

interface Kept {
  readonly last: StoredEvent;
  readonly keptAt: number;
}

/**
 * The last events of open communications that this process wrote a moment ago: its next step mostly follows soon. Another process may
 * have gone on since, so whoever uses one appends at its revision, and looks at the log where nothing is to be appended. What has ended
 * is not kept: little follows of it, and personal values are kept no longer than they are of use.
 */
export class RecentCommunications {
  /** In the order of their keeping. */
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  keep(communicationId: string, last: StoredEvent): void {
    this.kept.delete(communicationId);
    if (isNeededSoon(last)) this.kept.set(communicationId, { last, keptAt: this.now() });
    this.dropOld();
  }

  /** Those of the communications that it knows, by id. */
  among(communicationIds: readonly string[]): ReadonlyMap<string, StoredEvent> {
    const known = new Map<string, StoredEvent>();
    for (const id of communicationIds) {
      const kept = this.kept.get(id);
      if (kept !== undefined && !this.isOld(kept)) known.set(id, kept.last);
    }
    return known;
  }

  forget(communicationId: string): void {
    this.kept.delete(communicationId);
  }

  private isOld({ keptAt }: Kept): boolean {
    return this.now() - keptAt > AGE_MAX_MS;
  }

  private dropOld(): void {
    for (const [id, kept] of this.kept) {
      if (this.kept.size <= KEPT_MAX && !this.isOld(kept)) return;
      this.kept.delete(id);
    }
  }
}

function isNeededSoon(last: StoredEvent): boolean {
  const state = communicationOf(last);
  if (state === null || isEnded(state)) return false;
  const { status, sendAt, retryAt } = state.facts;
  return status !== 'Planned' || (retryAt ?? sendAt ?? '') <= later(last.time, AGE_MAX_MS);
}
