import { describe, expect, it } from '@jest/globals';
import { derivedId, streamName, type Cuts, type StoredEvent } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import { DispatchWorld } from './dispatch-world.js';
import { flowRun, participantDeleted, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const IDS = [1, 2, 3].map((number) => derivedId('communication', number));
const [SENT, SKIPPED, CANCELED] = IDS as [string, string, string];
const ADDRESS = '491510000001';

/** Plans of which one is to be sent, one is skipped at once and one is canceled. */
async function planned(world: DispatchWorld): Promise<void> {
  await world.begin();
  await world.append(streamName('flow-runs', ADA), [
    flowRun(ADA, 1, [
      { id: SENT, address: ADDRESS },
      { id: SKIPPED, address: '', skipCode: 'no_address' },
      { id: CANCELED, address: ADDRESS },
    ]),
    flowRun(ADA, 2, [], [CANCELED]),
  ]);
  await world.consume();
}

function endsOf(events: readonly StoredEvent[]): readonly { readonly status: string; readonly code?: string }[] {
  return events
    .filter(({ type }) => type === 'CommunicationEnded')
    .map(({ data }) => (data as { communication: { status: string; code?: string } }).communication);
}

const OUTCOMES = ['MessageAccepted', 'MessageFailed'];

describe('dispatch, cut anywhere', () => {
  it('plans and cancels to the same streams, and leaves the same timers', async () => {
    const seen = new Set<string>();
    const cuts = await underAllCuts(async (cutsOfRun: Cuts) => {
      const world = new DispatchWorld(cutsOfRun);
      await planned(world);
      await world.append(streamName('participant', ADA), [participantDeleted(ADA)]);
      await world.consume();
      const streams = await Promise.all(
        IDS.map(async (id) => (await world.communication(id)).map(({ id: eventId, type }) => ({ eventId, type }))),
      );
      seen.add(JSON.stringify(streams));
      expect(await world.timers.nextDueAt()).toBeUndefined();
    });
    expect(cuts).toBeGreaterThan(10);
    expect(seen.size).toBe(1);
  });

  it('never sends twice; what the provider took goes on by its echo, the rest ends as outcome_unknown', async () => {
    const outcomes = new Map<string, number>();
    await underAllCuts(async (cuts: Cuts) => {
      const world = new DispatchWorld(cuts);
      await planned(world);
      world.setClock('2026-03-02T09:00:00.000Z');
      await world.work();
      const times = world.channel.acceptedTimes(SENT);
      if (times > 0) {
        await repeatUntilThrough(() =>
          world.tell({ about: 'status', status: 'delivered', providerMessageId: 'twin.1', echo: SENT }),
        );
        await world.work();
      }
      world.setClock('2026-03-02T09:30:00.000Z');
      world.restart();
      await world.work();
      world.setClock('2026-03-02T12:00:00.000Z');
      await world.work();
      await world.consume();
      expect(times).toBeLessThanOrEqual(1);
      const [end, ...others] = endsOf(await world.communication(SENT));
      expect(others).toEqual([]);
      expect(end).toMatchObject(times === 1 ? { status: 'NoResponse' } : { status: 'Failed', code: 'outcome_unknown' });
      const { session } = await world.dispatch.communications.read(WORKSPACE, SENT);
      expect(session.map(({ type }) => type)).toEqual(times === 1 ? ['MessageSent', 'SessionClosed'] : []);
      expect(world.faults).toEqual([]);
      const name = `${times} ${end?.status}`;
      outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
    });
    expect([...outcomes.keys()].sort()).toEqual(['0 Failed', '1 NoResponse']);
  });

  it('takes a reply once: the same streams, the answer at most once', async () => {
    const seen = new Set<string>();
    const told = new Set<string>();
    await underAllCuts(async (cuts: Cuts) => {
      const world = new DispatchWorld(cuts);
      await planned(world);
      world.setClock('2026-03-02T09:00:00.000Z');
      await world.work();
      await world.consume();
      if ((await world.types(SENT)).at(-1) !== 'CommunicationStarted') return;
      const reply = { about: 'message', providerMessageId: 'in.1', address: ADDRESS, text: 'I have paid' };
      await repeatUntilThrough(() => world.tell(reply));
      await world.work();
      await world.consume();
      // What became of an answer whose outcome was lost is said to be unknown.
      world.setClock('2026-03-02T09:30:00.000Z');
      world.restart();
      await world.work();
      await world.consume();
      const { events, session } = await world.dispatch.communications.read(WORKSPACE, SENT);
      const answers = world.channel.accepted.filter(({ content }) => content.type === 'text');
      expect(answers.length).toBeLessThanOrEqual(1);
      const outcomes = session.map(({ type }) => type).filter((type) => OUTCOMES.includes(type));
      expect(outcomes).toHaveLength(1);
      if (outcomes[0] === 'MessageAccepted') expect(answers).toHaveLength(1);
      told.add(outcomes[0] ?? '');
      const written = session.map(({ type }) => type).filter((type) => ![...OUTCOMES, 'SessionClosed'].includes(type));
      seen.add(JSON.stringify([events.map(({ type }) => type), written]));
      expect(session.filter(({ type }) => type === 'SessionClosed')).toHaveLength(1);
    });
    expect([...told].sort()).toEqual(OUTCOMES);
    expect([...seen]).toEqual([
      JSON.stringify([
        [
          'CommunicationPlanned',
          'DispatchRequested',
          'CommunicationStarted',
          'CommunicationReplied',
          'CommunicationEnded',
        ],
        ['MessageSent', 'MessageReceived', 'MessageSent'],
      ]),
    ]);
  });
});
