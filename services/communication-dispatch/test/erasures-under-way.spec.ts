import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, START, streamName } from '@poinciana/event-sourcing';
import { InMemoryTransaction } from '@poinciana/messaging';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { retryIdOf } from '../src/handlers/retry-failed.js';
import { CAMPAIGN, CHANNEL, flowRun, participantCreated, participantDeleted, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const [ADDRESS, OTHER_ADDRESS] = ['491510000001', '491510000002'] as const;
const DUE = '2026-03-02T09:00:00.000Z';
const AFTERWARDS = '2026-03-02T09:05:00.000Z';
const TEXT = 'a question of mine';

/** Streams of other services, which take care of them. */
const OF_OTHERS = /^(participant|flow-runs)-/;

describe('what is under way while its person is erased (rule 11)', () => {
  let world: DispatchWorld;

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.append(streamName('participant', ADA), [participantCreated(ADA, { phone: ADDRESS })]);
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.consume();
  });
  afterEach(() => world.close());

  async function worked(at: string): Promise<void> {
    world.setClock(at);
    await world.work();
    await world.consume();
  }

  /** Who has handled it when others go on. */
  type Handled = 'by all' | 'by plans' | 'by nobody';

  async function isErased(handled: Handled): Promise<void> {
    const stream = streamName('participant', ADA);
    await world.append(stream, [participantCreated(ADA, { phone: ADDRESS }), participantDeleted(ADA, true)]);
    if (handled !== 'by nobody') await world.consume(handled === 'by plans' ? 1 : undefined);
  }

  async function isToldAgain(): Promise<void> {
    const stream = streamName('participant', ADA);
    const events = await world.store.readTails([{ stream, afterRevision: 0 }], 10);
    const write = await world.dispatch.onPlans({ group: 'test', events });
    const transaction = new InMemoryTransaction();
    await write?.(transaction);
    transaction.commit();
  }

  /** Whoever has read and is about to append to such a stream is overtaken by the erasure, once. */
  function isErasedBeforeAnAppendTo(category: string, handled: Handled = 'by all'): void {
    const { store } = world;
    const append = store.append.bind(store);
    store.append = async (writes) => {
      if (writes.some(({ stream }) => stream.startsWith(`${category}-`))) {
        store.append = append;
        await isErased(handled);
      }
      return append(writes);
    };
  }

  async function everythingOfOurs(): Promise<string> {
    const log = await world.store.readLog(START, 1_000);
    return JSON.stringify(log.filter(({ stream }) => !OF_OTHERS.test(stream)));
  }

  async function expectNothingPersonal(): Promise<void> {
    await worked(AFTERWARDS);
    const everything = await everythingOfOurs();
    for (const gone of [ADDRESS, OTHER_ADDRESS, 'Ada', TEXT]) expect(everything).not.toContain(gone);
  }

  const status = (name: string) => ({
    about: 'status',
    status: name,
    echo: ONE,
    providerMessageId: 'w.1',
    address: OTHER_ADDRESS,
  });
  const call = {
    about: 'call',
    progress: 'concluded',
    echo: ONE,
    providerMessageId: 'call.1',
    address: OTHER_ADDRESS,
    answered: true,
    results: { paid: 'yes' },
  } as const;

  it('a status of what ended before her erasure is noted without her', async () => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'mailbox_full' });
    await worked(DUE);
    isErasedBeforeAnAppendTo('communication');
    await world.tell(status('delivered'));
    await expectNothingPersonal();
    expect((await world.types(ONE)).slice(-3)).toEqual(['CommunicationEnded', 'CommunicationErased', 'SignalNoted']);
    expect(communicationOf((await world.communication(ONE)).at(-1))?.facts).toMatchObject({
      status: 'Failed',
      code: 'mailbox_full',
    });
  });

  it.each([
    ['a status', status('delivered')],
    ['a call', call],
  ])('%s of what is open is noted without her', async (_what, notice) => {
    world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' });
    await worked(DUE);
    isErasedBeforeAnAppendTo('communication');
    await world.tell(notice);
    await expectNothingPersonal();
    expect((await world.types(ONE)).slice(-2)).toEqual(['CommunicationEnded', 'SignalNoted']);
  });

  it.each(['by all', 'by plans'] as const)(
    'nothing stays of a call that had not started: handled %s',
    async (handled) => {
      const channel = { id: CHANNEL, type: 'voice', nodeId: 'reminder', flowId: ADA };
      const run = flowRun(ADA, 2, [{ id: derivedId('call'), address: ADDRESS, channel }]);
      await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }]), run]);
      await world.consume();
      world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' }, { outcome: 'acceptedUnheard' });
      await worked(DUE);
      isErasedBeforeAnAppendTo('session', handled);
      await world.tell({ ...call, echo: derivedId('call'), transcript: [{ from: 'person', text: TEXT }] });
      await expectNothingPersonal();
    },
  );

  it.each(['by all', 'by plans'] as const)(
    'a reply goes unanswered with its communication: handled %s',
    async (handled) => {
      await worked(DUE);
      const sent = world.channel.accepted.length;
      isErasedBeforeAnAppendTo('session', handled);
      await world.tell({ about: 'message', providerMessageId: 'in.1', address: ADDRESS, text: TEXT });
      await expectNothingPersonal();
      expect(world.channel.accepted).toHaveLength(sent);
      expect(await everythingOfOurs()).not.toContain('"direction":"inbound"');
      expect(await world.inbox.counts(CHANNEL)).toMatchObject({ waiting: 0 });
    },
  );

  it.each(['by all', 'by plans', 'by nobody'] as const)('nothing stays of a retry: handled %s', async (handled) => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'mailbox_full' });
    await worked(DUE);
    isErasedBeforeAnAppendTo('communication', handled);
    const asked = { workspace: WORKSPACE, campaignId: CAMPAIGN, codes: ['mailbox_full'], subject: 'eva' };
    await world.dispatch.retries.retry({ ...asked, causation: derivedId('request') });
    await world.consume();
    await expectNothingPersonal();
    expect(await world.types(retryIdOf(ONE))).toEqual(['CommunicationPlanned', 'CommunicationEnded']);
    expect(world.channel.accepted).toHaveLength(0);
  });

  it('her erasure changes nothing when it is told again', async () => {
    await worked(DUE);
    await isErased('by all');
    await world.consume();
    const before = await everythingOfOurs();
    await isToldAgain();
    expect(await everythingOfOurs()).toBe(before);
  });
});
