import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, streamName, type NewEvent } from '@poinciana/event-sourcing';
import { communicationOf } from '../src/domain/communication.js';
import { DispatchWorld } from './dispatch-world.js';
import { channelOf, flowRun, WORKSPACE, workspaceEvents } from './sample-definitions.js';

const ADA = derivedId('participant', 'Ada');
const ONE = derivedId('communication', 1);
const ADDRESS = '491510000001';
const DUE = '2026-03-02T09:00:00.000Z';
const TEN_MINUTES_MS = 600_000;
/** As many as an hour and a half of a stopped channel brings. */
const CLAIMS = 2_500;

describe('proof of an unknown outcome, after its channel was stopped for long', () => {
  let world: DispatchWorld;

  function saved(running: boolean): readonly NewEvent[] {
    const [, event] = workspaceEvents({ ...channelOf(), running });
    return event === undefined ? [] : [{ ...event, id: derivedId('saved', String(running)) }];
  }

  beforeEach(async () => {
    world = new DispatchWorld();
    await world.begin();
    await world.append(streamName('flow-runs', ADA), [flowRun(ADA, 1, [{ id: ONE, address: ADDRESS }])]);
    await world.append(streamName('workspace', WORKSPACE), saved(false));
    await world.consume();
    world.setClock(DUE);
    for (let claims = 0; claims < CLAIMS; claims += 1) {
      await world.dispatch.due.pass();
      world.wait(2_001);
    }
    await world.append(streamName('workspace', WORKSPACE), saved(true));
    world.channel.script(ADDRESS, { outcome: 'acceptedUnheard' });
    await world.dispatch.due.pass();
  });

  async function pass(ms: number): Promise<void> {
    world.setClock(new Date(world.clock.now().getTime() + ms).toISOString());
    world.wait(ms);
    await world.dispatch.due.pass();
  }

  async function facts() {
    return communicationOf((await world.communication(ONE)).at(-1))?.facts;
  }

  it('is waited for while it may lie in the inbox', async () => {
    expect(await facts()).toMatchObject({ status: 'Planned', dispatch: 'unknown' });
    await world.tell({ about: 'status', status: 'delivered', echo: ONE, providerMessageId: 'twin.1' });
    await pass(TEN_MINUTES_MS);
    await world.work();
    expect(await facts()).toMatchObject({ status: 'Delivered' });
  });

  it('is waited for no longer than some minutes', async () => {
    await world.tell({ about: 'status', status: 'delivered', echo: derivedId('other'), providerMessageId: 'twin.2' });
    await pass(TEN_MINUTES_MS);
    expect(await facts()).toMatchObject({ status: 'Planned', dispatch: 'unknown' });
    await pass(TEN_MINUTES_MS);
    expect(await facts()).toMatchObject({ status: 'Failed', code: 'outcome_unknown' });
  });

  it('is asked for until the provider answers, some minutes long', async () => {
    Object.assign(world.channel, { provesAfterMs: 1_000 });
    await pass(TEN_MINUTES_MS);
    expect(await facts()).toMatchObject({ status: 'Planned', dispatch: 'unknown' });
    world.channel.asked = () => ({ proof: 'accepted', providerMessageId: 'twin.1', notices: [] });
    await pass(TEN_MINUTES_MS / 2);
    expect(await facts()).toMatchObject({ status: 'Started', providerMessageId: 'twin.1' });
  });

  it('is given up when the provider never answers', async () => {
    Object.assign(world.channel, { provesAfterMs: 1_000 });
    await pass(TEN_MINUTES_MS);
    await pass(TEN_MINUTES_MS);
    expect(await facts()).toMatchObject({ status: 'Failed', code: 'outcome_unknown' });
  });
});
