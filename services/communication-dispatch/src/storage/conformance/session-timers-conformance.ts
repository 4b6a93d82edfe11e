import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { SessionTimers } from '../session-timers.js';

const WORKSPACES = [derivedId('workspace', 1), derivedId('workspace', 2)] as const;
const LEASE_MS = 60_000;
const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString();

interface Started<Transaction> {
  readonly timers: SessionTimers<Transaction>;
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

/** What every table of session timers must do, whatever it is kept in. */
export function sessionTimersConformance<Transaction>(name: string, start: () => Promise<Started<Transaction>>): void {
  describe(`session timers: ${name}`, () => {
    let started: Started<Transaction>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    function put(number: number, minute: number): Promise<void> {
      const workspace = WORKSPACES[number % 2] ?? WORKSPACES[0];
      const timer = { sessionId: derivedId('session', number), workspace, dueAt: at(minute) };
      return started.commit(started.timers.put([timer, timer]));
    }

    it('gives what is due, once while the lease lasts, with its own workspace', async () => {
      await put(1, 1);
      await put(2, 2);
      await put(3, 9);
      const claimed = await started.timers.claim(at(5), 10, LEASE_MS);
      expect(new Map(claimed.map(({ sessionId, workspace }) => [sessionId, workspace]))).toEqual(
        new Map([
          [derivedId('session', 1), WORKSPACES[1]],
          [derivedId('session', 2), WORKSPACES[0]],
        ]),
      );
      expect(await started.timers.claim(at(5), 10, LEASE_MS)).toEqual([]);
      expect(await started.timers.claim(at(9), 10, LEASE_MS)).toHaveLength(1);
    });

    it('keeps the earlier of two instants', async () => {
      await put(1, 1);
      await put(1, 8);
      expect(await started.timers.claim(at(2), 10, LEASE_MS)).toHaveLength(1);
    });

    it('moves a row on and ends it, but not one that was put meanwhile', async () => {
      await put(1, 1);
      const [first] = await started.timers.claim(at(1), 10, LEASE_MS);
      if (first === undefined) throw new Error('Nothing was claimed');
      await started.timers.turn([{ ...first, dueAt: at(3) }]);
      expect(await started.timers.claim(at(2), 10, LEASE_MS)).toEqual([]);
      const [second] = await started.timers.claim(at(3), 10, 0);
      if (second === undefined) throw new Error('Nothing was claimed');
      await put(1, 4);
      await started.timers.turn([{ ...second, dueAt: undefined }]);
      const [third] = await started.timers.claim(at(4), 10, 0);
      if (third === undefined) throw new Error('A row that was put meanwhile is gone');
      await started.timers.turn([{ ...third, dueAt: undefined }]);
      expect(await started.timers.claim(at(59), 10, 0)).toEqual([]);
    });
  });
}
