import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { Senders } from '../senders.js';

const [ADA, BEN] = [derivedId('participant', 'Ada'), derivedId('participant', 'Ben')] as const;
const [OLD_PHONE, PHONE, MAIL] = [derivedId('key', 1), derivedId('key', 2), derivedId('key', 3)] as const;
const session = (number: number): string => derivedId('session', number);
const ERASED_AT = '2026-03-01T12:00:00.000Z';

/** What everything that leads from people to their sessions must do, whatever it is kept in. */
export function sendersConformance(name: string, start: () => Promise<Senders>): void {
  describe(`senders: ${name}`, () => {
    let senders: Senders;
    beforeEach(async () => {
      senders = await start();
      await senders.noteKeys([
        { participantId: ADA, key: OLD_PHONE },
        { participantId: ADA, key: PHONE },
        { participantId: ADA, key: PHONE },
        { participantId: BEN, key: MAIL },
      ]);
      await senders.noteKeys([{ participantId: ADA, key: PHONE }]);
    });

    it('leads to sessions of a participant and of every key that she ever had, and to nobody else’s', async () => {
      const noted = [
        { sender: ADA, sessionId: session(1) },
        { sender: OLD_PHONE, sessionId: session(2) },
        { sender: PHONE, sessionId: session(2) },
        { sender: MAIL, sessionId: session(3) },
      ];
      await senders.noteSessions([...noted, ...noted]);
      await senders.noteSessions(noted);
      expect([...(await senders.sessionsOf([ADA]))].sort()).toEqual([session(1), session(2)].sort());
      expect(await senders.sessionsOf([BEN])).toEqual([session(3)]);
      expect([...(await senders.keysOf([ADA]))].sort()).toEqual([OLD_PHONE, PHONE].sort());
      await senders.forgetSessions([session(1), session(2)]);
      expect(await senders.sessionsOf([ADA, BEN])).toEqual([session(3)]);
    });

    it('knows when a key was erased, also after it is noted again, and for some days only', async () => {
      await senders.markErased([{ participantId: ADA, erasedAt: ERASED_AT }]);
      await senders.noteKeys([{ participantId: ADA, key: PHONE }]);
      expect(await senders.erasedAt([PHONE, MAIL])).toEqual(new Map([[PHONE, ERASED_AT]]));
      expect(await senders.forgetErased('2026-03-09T11:59:59.000Z', 10)).toBe(0);
      expect(await senders.forgetErased('2026-03-09T12:00:01.000Z', 1)).toBe(1);
      expect(await senders.forgetErased('2026-03-09T12:00:01.000Z', 10)).toBe(1);
      expect(await senders.erasedAt([OLD_PHONE, PHONE])).toEqual(new Map());
      expect(await senders.keysOf([BEN])).toEqual(new Set([MAIL]));
    });
  });
}
