import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName, type StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { sessionIdOf } from '../src/domain/communication-decider.js';
import { retryIdOf } from '../src/handlers/retry-failed.js';
import { DispatchWorld } from './dispatch-world.js';
import { CAMPAIGN, flowRun, participantCreated, participantDeleted, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const ADDRESS = '491510000001';
const DUE = '2026-03-02T09:00:00.000Z';

describe('a deleted participant', () => {
  let world: DispatchWorld;

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.append(streamName('participant', ADA), [participantCreated(ADA, { phone: ADDRESS })]);
    await world.consume();
  });
  afterEach(() => world.close());

  async function deleted(erased?: true): Promise<void> {
    await world.append(streamName('participant', ADA), [
      participantCreated(ADA, { phone: ADDRESS }),
      participantDeleted(ADA, erased),
    ]);
  }

  const run = (life: number) => {
    const event = flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }]);
    const { run: about } = event.data;
    return { ...event, data: { ...event.data, ...(about === undefined ? {} : { run: { ...about, life } }) } };
  };

  async function worked(at: string): Promise<StoredEvent | undefined> {
    world.setClock(at);
    await world.work();
    await world.consume();
    return (await world.communication(ONE)).at(-1);
  }

  it.each([
    ['in a batch of its own', true],
    ['in the same batch', false],
  ])('is not contacted by a run that stands in the log behind the deletion: %s (A19)', async (_what, apart) => {
    await deleted(true);
    if (apart) await world.consume();
    await world.append(streamName('flow-runs', ADA), [run(1)]);
    await world.consume();
    const last = await worked(DUE);
    expect(communicationOf(last)?.facts).toMatchObject({
      status: 'Canceled',
      code: 'participant_deleted',
      silent: true,
    });
    expect(world.channel.accepted).toHaveLength(0);
    expect(JSON.stringify(await world.communication(ONE))).not.toContain(ADDRESS);
    expect(JSON.stringify(await world.communication(ONE))).not.toContain('Ada');
  });

  it('is contacted in a life that began behind the deletion', async () => {
    await deleted();
    await world.append(streamName('flow-runs', ADA), [run(2)]);
    await world.consume();
    expect(communicationOf(await worked(DUE))?.facts.status).toBe('Started');
  });

  it('is not contacted by a retry that crossed the deletion, at the moment of sending', async () => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'mailbox_full' });
    await world.append(streamName('flow-runs', ADA), [run(1)]);
    await world.consume();
    await worked(DUE);
    const asked = { workspace: WORKSPACE, campaignId: CAMPAIGN, codes: ['mailbox_full'], subject: 'eva' };
    await world.dispatch.retries.retry({ ...asked, causation: derivedId('request', 1) });
    const again = await world.communication(retryIdOf(ONE));
    expect(again.map(({ type }) => type)).toEqual(['CommunicationPlanned']);
    // As if the deletion had looked for what is open a moment before the retry was written.
    const row = (await world.timers.openOfParticipants([ADA])).find((open) => open.communicationId === retryIdOf(ONE));
    await world.timers.write([{ communicationId: retryIdOf(ONE), revision: 0, open: undefined }]);
    await deleted();
    await world.consume();
    await world.timers.write([{ communicationId: retryIdOf(ONE), revision: 0, open: row }]);
    await worked('2026-03-02T09:30:00.000Z');
    const ended = communicationOf((await world.communication(retryIdOf(ONE))).at(-1));
    expect(ended?.facts).toMatchObject({ status: 'Canceled', code: 'participant_deleted', silent: true });
  });

  it('leaves no words of a call that was told of too late', async () => {
    world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' });
    await world.append(streamName('flow-runs', ADA), [run(1)]);
    await world.consume();
    await worked(DUE);
    await deleted(true);
    await world.consume();
    await world.tell({
      about: 'call',
      progress: 'concluded',
      echo: ONE,
      providerMessageId: 'call.1',
      address: ADDRESS,
      answered: true,
      results: {},
      transcript: [{ from: 'person', text: 'I am Ada' }],
    });
    await worked(DUE);
    const session = await readStream(world.store, streamName('session', sessionIdOf(ONE)));
    expect(session.filter(({ type }) => type !== 'SessionClosed')).toEqual([]);
    expect(JSON.stringify(session)).not.toContain(ADDRESS);
  });
});
