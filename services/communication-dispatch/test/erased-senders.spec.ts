import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, streamName, type Cuts, type StoredEvent } from '@poinciana/event-sourcing';
import { underAllCuts } from '@poinciana/event-sourcing/testing';
import { DispatchWorld } from './dispatch-world.js';
import { CHANNEL, participantCreated, participantDeleted, WORKSPACE } from './sample-definitions.js';

const [ADA, EVE] = [derivedId('participant', 'Ada'), derivedId('participant', 'Eve')] as const;
const ELSEWHERE = derivedId('workspace', 'elsewhere');
const [ADDRESS, STRANGER] = ['491510000001', '491510000099'] as const;
const AFTERWARDS = '2026-03-01T12:30:00.000Z';

/** What is erased is older than this: the erasure's events are those of noon. */
const BEFORE = '2026-03-01T11:00:00.000Z';

class Told {
  private said = 0;

  constructor(readonly world: DispatchWorld) {}

  /** Somebody writes; what happens about it, and whether the log is read, is left to the spec. */
  async write(text: string, address: string = ADDRESS): Promise<void> {
    this.said += 1;
    await this.world.tell({ about: 'message', providerMessageId: `in.${this.said}`, address, text });
  }

  async isWrittenAndHeard(text: string, address: string = ADDRESS): Promise<void> {
    await this.write(text, address);
    await this.world.work();
    await this.world.consume();
  }

  async comes(participantId: string, address: string, workspace: string = WORKSPACE): Promise<void> {
    const created = { ...participantCreated(participantId, { phone: `+${address}` }), workspace };
    await this.world.append(streamName('participant', participantId), [created]);
    await this.world.consume();
  }

  async moves(participantId: string, address: string): Promise<void> {
    const updated = participantCreated(participantId, { phone: `+${address}` });
    const id = derivedId('updated', participantId);
    await this.world.append(streamName('participant', participantId), [{ ...updated, id, type: 'ParticipantUpdated' }]);
    await this.world.consume();
  }

  /** As participant-ingestion does it: the deletion, then the participant's own stream is redacted. */
  async isErased(participantId: string, workspace: string = WORKSPACE): Promise<void> {
    const stream = streamName('participant', participantId);
    const [created] = await this.world.store.readTails([{ stream, afterRevision: -1 }], 1);
    if (created === undefined) throw new Error('Nobody came');
    await this.world.append(stream, [created, { ...participantDeleted(participantId, true), workspace }]);
    await this.world.store.redact([stream]);
    await this.world.consume();
    await this.world.consume();
  }

  async log(): Promise<readonly StoredEvent[]> {
    return this.world.store.readLog({ shard: 0, number: 0 }, 1_000);
  }

  async everything(): Promise<string> {
    const waiting = await this.world.inbox.waiting(WORKSPACE, 0, 1_000);
    return JSON.stringify([await this.log(), waiting]);
  }

  async sessions(): Promise<readonly (readonly string[])[]> {
    const sessions = new Map<string, string[]>();
    for (const { stream, type } of (await this.log()).filter((event) => event.stream.startsWith('session-')))
      sessions.set(stream, [...(sessions.get(stream) ?? []), type]);
    return [...sessions.values()];
  }
}

async function begun(cuts?: Cuts): Promise<Told> {
  const world = new DispatchWorld(cuts);
  world.setClock(BEFORE);
  await world.begin();
  await world.consume();
  return new Told(world);
}

describe('an erasure reaches what a person wrote by herself (rule 11)', () => {
  let told: Told;
  beforeEach(async () => {
    told = await begun();
  });

  it('in sessions that concern her: they end, lose what was said, and say so under the key of what was said', async () => {
    await told.comes(ADA, ADDRESS);
    await told.isWrittenAndHeard('a question of mine');
    await told.isWrittenAndHeard('hello', STRANGER);
    expect(await told.everything()).toContain('a question of mine');
    await told.isErased(ADA);
    const everything = await told.everything();
    for (const gone of ['a question of mine', ADDRESS]) expect(everything).not.toContain(gone);
    expect(everything).toContain(STRANGER);
    const events = await told.log();
    expect(events.find(({ type }) => type === 'MessageSent')).not.toHaveProperty('personal');
    const erased = events.filter(({ type }) => type === 'SessionErased');
    expect(erased).toHaveLength(1);
    const received = events.find(({ type, stream }) => type === 'MessageReceived' && stream === erased[0]?.stream);
    expect(erased[0]).toMatchObject({ workspace: WORKSPACE, key: received?.key });
    expect((await told.sessions())[0]?.slice(-2)).toEqual(['SessionClosed', 'SessionErased']);
  });

  it('from an address that nobody had when she wrote, and that was hers later, once', async () => {
    await told.isWrittenAndHeard('who am I');
    await told.comes(ADA, ADDRESS);
    await told.isErased(ADA);
    expect(await told.everything()).not.toContain('who am I');
    expect(await told.world.senders.sessionsOf([ADA])).toEqual([]);
  });

  it('from an address that she had before', async () => {
    await told.isWrittenAndHeard('who am I');
    await told.comes(ADA, ADDRESS);
    await told.moves(ADA, '491510000002');
    await told.isErased(ADA);
    expect(await told.everything()).not.toContain('who am I');
  });

  it('not for a namesake of another workspace, who has the same number', async () => {
    await told.isWrittenAndHeard('who am I');
    await told.comes(EVE, ADDRESS, ELSEWHERE);
    await told.isErased(EVE, ELSEWHERE);
    expect(await told.everything()).toContain('who am I');
  });

  it('where nobody has handled it yet, and where its session is learned of only later', async () => {
    await told.comes(ADA, ADDRESS);
    await told.write('under way');
    await told.world.work();
    await told.write('waits');
    await told.isErased(ADA);
    const everything = await told.everything();
    for (const gone of ['under way', 'waits']) expect(everything).not.toContain(gone);
    expect(await told.world.inbox.counts(CHANNEL)).toMatchObject({ waiting: 0 });
  });

  it('and not what she writes afterwards: that is a stranger’s, in a session of its own', async () => {
    await told.comes(ADA, ADDRESS);
    await told.isWrittenAndHeard('hello');
    await told.isErased(ADA);
    told.world.setClock(AFTERWARDS);
    await told.isWrittenAndHeard('here I am again');
    const sessions = await told.sessions();
    expect(sessions).toHaveLength(2);
    expect(sessions[1]).toEqual(['MessageReceived']);
    expect(await told.everything()).toContain('here I am again');
  });

  it('whatever is cut', async () => {
    const cuts = await underAllCuts(async (cutsOfRun: Cuts) => {
      const cut = await begun(cutsOfRun);
      await cut.comes(ADA, ADDRESS);
      await cut.isWrittenAndHeard('a question of mine');
      await cut.isErased(ADA);
      expect(await cut.everything()).not.toContain('a question of mine');
      expect((await cut.log()).filter(({ type }) => type === 'SessionErased')).toHaveLength(1);
    });
    expect(cuts).toBeGreaterThan(10);
  });
});
