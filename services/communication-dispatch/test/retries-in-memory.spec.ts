import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, readStream, streamName } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { sessionIdOf } from '../src/domain/communication-decider.js';
import { retryIdOf } from '../src/handlers/retry-failed.js';
import { DispatchWorld } from './dispatch-world.js';
import { CAMPAIGN, flowRun, participantCreated, WORKSPACE } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const [ONE, TWO] = [derivedId('communication', 1), derivedId('communication', 2)] as const;
const ADDRESS = '491510000001';
const DUE = '2026-03-02T09:00:00.000Z';
const SETTLED = '2026-03-02T09:11:00.000Z';

describe('what failed and is tried again', () => {
  let world: DispatchWorld;
  let requests = 0;

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

  function retry(code: string) {
    requests += 1;
    const causation = derivedId('request', requests);
    const asked = { workspace: WORKSPACE, campaignId: CAMPAIGN, codes: [code], subject: 'eva', causation };
    return world.dispatch.retries.retry(asked);
  }

  async function outcomeStaysUnknown(): Promise<void> {
    world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' });
    await worked(DUE);
    await worked(SETTLED);
    expect(communicationOf((await world.communication(ONE)).at(-1))?.facts.code).toBe('outcome_unknown');
  }

  it('is not, where the provider told after the end that it had reached her', async () => {
    await outcomeStaysUnknown();
    await world.tell({ about: 'status', status: 'delivered', echo: ONE, providerMessageId: 'w.1' });
    await worked(SETTLED);
    expect(await retry('outcome_unknown')).toEqual({ planned: 0, passedOver: 1, left: 0 });
    expect(await world.communication(retryIdOf(ONE))).toEqual([]);
  });

  it('waits while another of that name is in progress, and can be tried when that one has ended', async () => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'mailbox_full' });
    await worked(DUE);
    await world.append(streamName('flow-runs', ADA), [
      flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }]),
      flowRun(ADA, 2, [{ id: TWO, address: ADDRESS, sendAt: '2026-03-02T12:00:00.000Z' }]),
    ]);
    await world.consume();
    expect(await retry('mailbox_full')).toEqual({ planned: 0, passedOver: 1, left: 0 });
    const user = { workspace: WORKSPACE, subject: 'eva', causation: derivedId('cancel') };
    await world.dispatch.cancellations.many({ ...user, communicationIds: [TWO] });
    expect(await retry('mailbox_full')).toEqual({ planned: 1, passedOver: 0, left: 0 });
  });

  it('is sent though whoever planned it died before its timer was written', async () => {
    world.channel.script(ADDRESS, { outcome: 'refused', code: 'mailbox_full' });
    await worked(DUE);
    await retry('mailbox_full');
    await world.timers.write([{ communicationId: retryIdOf(ONE), revision: 0, open: undefined }]);
    expect(await world.timers.openOfParticipants([ADA])).toEqual([]);
    await world.consume();
    await worked('2026-03-02T09:30:00.000Z');
    expect(communicationOf((await world.communication(retryIdOf(ONE))).at(-1))?.facts.status).toBe('Started');
  });

  it('leaves no open session where a call that ended unstarted is told of at last', async () => {
    await outcomeStaysUnknown();
    const call = { about: 'call', progress: 'concluded', echo: ONE, providerMessageId: 'call.1' } as const;
    await world.tell({ ...call, answered: true, results: {}, transcript: [{ from: 'person', text: 'hello' }] });
    await worked(SETTLED);
    expect(await readStream(world.store, streamName('session', sessionIdOf(ONE)))).toEqual([]);
  });
});
