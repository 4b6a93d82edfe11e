import { beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, InMemoryEventStore } from '@poinciana/event-sourcing';
import type { CommunicationCommand } from '../domain/communication-commands.js';
import { CommunicationWriter } from './communication-writer.js';
import { RecentCommunications } from './recent-communications.js';

const ID = derivedId('communication');
const AT = '2026-03-02T09:00:00.000Z';
const LATER = '2026-03-02T10:00:00.000Z';
const IDS = { id: ID, campaignId: 'c', participantId: 'p', customerId: 'k', flowId: 'f', runId: 'r', nodeId: 'n' };
const NAMES = { name: 'REMINDER', agentId: 'g', channelId: 'h', channelType: 'whatsapp' };
const NUMBERS = { flowVersion: 1, durationMs: 60_000, life: 1, hop: 0, timing: { code: 'exact_time' } };
const PERSONAL = { address: '491510000001', templateVariables: {}, customerContext: {}, results: {} };
const ERASE: CommunicationCommand = { type: 'EraseCommunication', at: AT };
const ORIGIN = { workspace: derivedId('workspace'), key: derivedId('key'), correlation: derivedId('first'), hop: 0 };

describe('the communications that a process remembers', () => {
  let ms: number;
  let ours: CommunicationWriter;
  let others: CommunicationWriter;

  beforeEach(() => {
    ms = 0;
    const store = new InMemoryEventStore();
    ours = new CommunicationWriter(store, 1, new RecentCommunications(() => ms));
    others = new CommunicationWriter(store);
  });

  const does = (writer: CommunicationWriter, command: CommunicationCommand) => {
    const commandId = derivedId('command', command.type, command.at);
    return writer.execute([{ communicationId: ID, command, commandId, causation: commandId, origin: ORIGIN }]);
  };
  const plan = (sendAt: string) =>
    does(ours, {
      type: 'PlanCommunication',
      facts: { ...IDS, ...NAMES, ...NUMBERS, sendAt },
      personal: PERSONAL,
      at: AT,
    });
  const recalled = async () => [...(await ours.recall([ID])).remembered];
  const decides = async (command: CommunicationCommand) => {
    const { lasts, remembered } = await ours.recall([ID]);
    const commandId = derivedId('after', command.type);
    const [written] = await ours.execute(
      [{ communicationId: ID, command, commandId, causation: commandId }],
      lasts,
      remembered,
    );
    return written;
  };

  it('are those that it wrote a moment ago and that are due soon', async () => {
    await plan(AT);
    expect(await recalled()).toEqual([ID]);
    ms = 30_001;
    expect(await recalled()).toEqual([]);
  });

  it('are not those that are due later, or over', async () => {
    await plan(LATER);
    expect(await recalled()).toEqual([]);
    await does(ours, ERASE);
    expect(await recalled()).toEqual([]);
  });

  it('are read where another went on and something follows', async () => {
    await plan(AT);
    await does(others, ERASE);
    const written = await decides({ type: 'RequestDispatch', at: AT, settleMs: 1_000, attemptsMax: 1 });
    expect(written).toMatchObject({ events: [], state: { facts: { status: 'Canceled' }, personal: undefined } });
    expect(await recalled()).toEqual([]);
  });

  it('are read where nothing seems to follow', async () => {
    await plan(AT);
    await does(others, { type: 'RequestDispatch', at: AT, settleMs: 1_000, attemptsMax: 1 });
    expect(await decides({ type: 'SettleUnknown', at: LATER })).toMatchObject({
      revision: 2,
      state: { facts: { status: 'Failed' } },
    });
  });
});
