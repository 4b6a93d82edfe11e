import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import { reachKey, type People, type Person, type ReachKey } from '../people.js';

const [HERE, ELSEWHERE] = [derivedId('workspace', 1), derivedId('workspace', 2)] as const;
const [SPRING, AUTUMN] = [derivedId('campaign', 1), derivedId('campaign', 2)] as const;

interface Started<Transaction> {
  readonly people: People<Transaction>;
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

/** What every list of people must do, whatever it is kept in. */
export function peopleConformance<Transaction>(name: string, start: () => Promise<Started<Transaction>>): void {
  describe(`people: ${name}`, () => {
    let started: Started<Transaction>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    const phone = keyOf('phone', '+49 151 1');
    const mail = keyOf('email', 'ada@example.org');

    function keyOf(reach: 'phone' | 'email', value: string, workspace = HERE): ReachKey {
      const key = reachKey(workspace, reach, value);
      if (key === undefined) throw new Error('No key');
      return key;
    }

    async function put(number: number, campaignId: string, revision: number, keys: Person['keys']): Promise<string> {
      const participantId = derivedId('participant', number);
      const person = { participantId, workspace: HERE, campaignId, revision, keys };
      await started.commit(started.people.put([{ participantId, revision, person }]));
      return participantId;
    }

    it('finds every participant with one of the keys, in their own workspace', async () => {
      const { people } = started;
      const one = await put(1, SPRING, 0, { phone: phone.key });
      const two = await put(2, AUTUMN, 0, { phone: phone.key, email: mail.key });
      const three = await put(3, AUTUMN, 0, { email: mail.key });
      const ids = async (...keys: readonly ReachKey[]) =>
        (await people.at(HERE, keys, 10)).map((each) => each.participantId);
      expect(await ids(phone)).toEqual([one, two].sort());
      expect(await ids(phone, mail)).toEqual([one, two, three].sort());
      expect(await people.at(HERE, [phone], 1)).toHaveLength(1);
      expect(await people.at(ELSEWHERE, [phone], 10)).toEqual([]);
      expect(await ids({ reach: 'whatsapp', key: phone.key })).toEqual([]);
    });

    it('tells how each is reached now', async () => {
      const one = await put(1, SPRING, 0, { phone: phone.key, email: mail.key });
      const two = await put(2, AUTUMN, 0, { phone: phone.key });
      await put(2, AUTUMN, 1, { email: mail.key });
      await put(3, AUTUMN, 0, { phone: phone.key });
      const told = await started.people.keysOf([one, two, derivedId('participant', 'nobody')]);
      const byOwner = told.map(({ participantId, key }) => `${participantId} ${key}`).sort();
      expect(byOwner).toEqual([`${one} ${phone.key}`, `${one} ${mail.key}`, `${two} ${mail.key}`].sort());
    });

    it('follows the newest state, whatever order it comes in, and forgets who is deleted', async () => {
      const { people } = started;
      const id = await put(1, SPRING, 2, { email: mail.key });
      await put(1, SPRING, 1, { phone: phone.key });
      expect(await people.at(HERE, [phone], 10)).toEqual([]);
      expect(await people.at(HERE, [mail], 10)).toHaveLength(1);
      await started.commit(people.put([{ participantId: id, revision: 1, person: undefined }]));
      expect(await people.at(HERE, [mail], 10)).toHaveLength(1);
      await started.commit(people.put([{ participantId: id, revision: 3, person: undefined }]));
      expect(await people.at(HERE, [mail], 10)).toEqual([]);
    });
  });
}

describe('reachKey', () => {
  it('knows a number by its digits and a mail address in any case', () => {
    expect(reachKey(HERE, 'phone', '+49 (151) 1')).toEqual(reachKey(HERE, 'phone', '491511'));
    expect(reachKey(HERE, 'email', 'Ada@Example.org')).toEqual(reachKey(HERE, 'email', 'ada@example.org'));
    expect(reachKey(HERE, 'phone', '1')).not.toEqual(reachKey(ELSEWHERE, 'phone', '1'));
    expect(reachKey(HERE, 'phone', 'none')).toBeUndefined();
  });
});
