import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, streamName } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { flowRun } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const ADDRESS = '491510000001';

describe('a reply whose conversation ends while it is on its way', () => {
  let world: DispatchWorld;

  async function lastFacts(id: string) {
    return communicationOf((await world.communication(id)).at(-1))?.facts;
  }

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.consume();
    world.setClock('2026-03-02T09:00:00.000Z');
    await world.work();
    await world.consume();
  });

  it('is inbound, when it is a second one and the conversation was over before it was taken', async () => {
    await world.tell({ about: 'message', providerMessageId: 'in.1', address: ADDRESS, text: 'hello' });
    await world.work();
    await world.consume();
    expect(await lastFacts(ONE)).toMatchObject({ status: 'Replied' });
    await world.tell({ about: 'message', providerMessageId: 'in.2', address: ADDRESS, text: 'a complaint' });
    const route = world.inbox.route.bind(world.inbox);
    world.inbox.route = async (routes) => {
      const standing = await route(routes);
      world.setClock('2026-03-02T11:00:00.000Z');
      await world.dispatch.due.pass();
      await world.consume();
      return standing;
    };
    await world.work();
    const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
    const received = log.filter(({ type }) => type === 'MessageReceived');
    expect(received.map(({ personal }) => personal)).toMatchObject([{ text: 'hello' }, { text: 'a complaint' }]);
    expect(received.at(-1)).toMatchObject({ data: { session: { direction: 'inbound' } } });
  });

  // As a batch whose end failed is gone through again one by one, with what was known when it began.
  it.each(['at once', 'once more'])(
    'is answered once, when the conversation ends while its agent answers, and it is worked off %s',
    async (how) => {
      await world.tell({ about: 'message', providerMessageId: 'in.1', address: ADDRESS, text: 'a question' });
      const append = world.store.append.bind(world.store);
      world.store.append = async (writes) => {
        const outcomes = await append(writes);
        if (writes.some(({ events }) => events.some(({ type }) => type === 'MessageReceived'))) {
          world.store.append = append;
          world.setClock('2026-03-02T11:00:00.000Z');
          await world.dispatch.due.pass();
          if (how !== 'at once') throw new Error('A bug');
        }
        return outcomes;
      };
      await world.work();
      await world.consume();
      expect(await lastFacts(ONE)).toMatchObject({ status: 'NoResponse' });
      const log = await world.store.readLog({ shard: 0, number: 0 }, 1_000);
      const said = log.flatMap(({ type, personal }) => (type === 'MessageSent' ? [personal] : []));
      expect(said.filter((personal) => (personal as { text: string }).text === 'Ask me')).toHaveLength(1);
      const received = log.filter(({ type }) => type === 'MessageReceived');
      expect(received.map(({ data }) => data)).toMatchObject([
        { session: { direction: 'outbound' } },
        { session: { direction: 'inbound' } },
      ]);
    },
  );
});
