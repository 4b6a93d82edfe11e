import { expect, it } from '@jest/globals';
import {
  CAMPAIGN,
  idOf,
  instantAt,
  OTHER_CAMPAIGN,
  OTHER_WORKSPACE,
  SpecLog,
  WORKSPACE,
} from '../../../test/stored-events.js';
import { eachViewStore, type ViewStore } from '../../../test/view-stores.js';
import { campaignChanges } from '../campaigns/campaign-changes.js';
import { communicationChanges } from './communication-changes.js';
import type { CommunicationQuery } from './communication-view.js';

const ANNA = idOf('anna');
const OF_ANNA: CommunicationQuery = { workspace: WORKSPACE, of: { participantId: ANNA }, direction: 'asc', limit: 100 };
const OF_CAMPAIGN: CommunicationQuery = { ...OF_ANNA, of: { campaignId: CAMPAIGN } };

async function project<Transaction>(store: ViewStore<Transaction>, log: SpecLog, from = 0, to?: number): Promise<void> {
  await store.commit(store.communications.write(communicationChanges(log.events.slice(from, to))));
}

async function ids<Transaction>(store: ViewStore<Transaction>, query: CommunicationQuery): Promise<readonly string[]> {
  return (await store.communications.list(query)).lines.map(({ id }) => id);
}

eachViewStore('the communications', (store) => {
  it('stand as their last event tells, whatever comes again', async () => {
    const log = new SpecLog();
    const id = idOf('one');
    log.communication('CommunicationPlanned', { id, status: 'Planned', sendAt: instantAt(5) });
    log.communication('CommunicationStarted', {
      id,
      status: 'Started',
      sendAt: instantAt(5),
      startedAt: instantAt(6),
      attempts: 1,
      sessionId: idOf('s'),
    });
    log.communication('CommunicationEnded', {
      id,
      status: 'Failed',
      sendAt: instantAt(5),
      startedAt: instantAt(6),
      endedAt: instantAt(7),
      attempts: 1,
      code: 'mailbox_full',
      sessionId: idOf('s'),
    });
    await project(store(), log, 0, 1);
    await project(store(), log);
    await project(store(), log, 0, 2);
    const { lines, total } = await store().communications.list(OF_ANNA);
    expect(total).toBe(1);
    expect(lines).toEqual([
      {
        id,
        campaignId: CAMPAIGN,
        participantId: ANNA,
        life: 1,
        flowId: 'flow',
        runId: idOf('run'),
        nodeId: 'remind',
        name: 'REMINDED',
        agentId: 'agent',
        channelId: 'channel',
        channelType: 'whatsapp',
        status: 'Failed',
        code: 'mailbox_full',
        sendAt: instantAt(5),
        plannedAt: instantAt(0),
        startedAt: instantAt(6),
        repliedAt: null,
        endedAt: instantAt(7),
        sessionId: idOf('s'),
        attempts: 1,
      },
    ]);
    const [counter, ...others] = await store().counters.of(WORKSPACE, CAMPAIGN);
    expect(others).toEqual([]);
    expect(counter).toMatchObject({ subject: 'REMINDED', state: 'Failed', detail: 'mailbox_full', count: 1 });
  });

  it.each(['asc', 'desc'] as const)('go page by page, %s, over equal instants', async (direction) => {
    const log = new SpecLog();
    for (let number = 0; number < 7; number += 1) {
      log.communication('CommunicationPlanned', {
        id: idOf(`c${number}`),
        status: 'Planned',
        plannedAt: instantAt(Math.floor(number / 3)),
      });
    }
    await project(store(), log);
    const whole = (await store().communications.list({ ...OF_CAMPAIGN, direction })).lines;
    const paged: string[] = [];
    for (let after: CommunicationQuery['after']; ;) {
      const page = await store().communications.list({
        ...OF_CAMPAIGN,
        direction,
        limit: 2,
        ...(after === undefined ? {} : { after }),
      });
      expect(page.total).toBe(7);
      paged.push(...page.lines.map(({ id }) => id));
      const last = page.lines.at(-1);
      if (last === undefined) break;
      after = { value: last.plannedAt, id: last.id };
    }
    expect(paged).toEqual(whole.map(({ id }) => id));
    expect(new Set(paged).size).toBe(7);
  });

  it('are filtered by status, code and name, and kept apart by workspace, campaign and participant', async () => {
    const log = new SpecLog();
    const [skipped, failed, planned] = [idOf('skipped'), idOf('failed'), idOf('planned')];
    log.communication('CommunicationEnded', {
      id: skipped,
      status: 'Skipped',
      code: 'window_passed',
      plannedAt: instantAt(1),
    });
    log.communication('CommunicationEnded', {
      id: failed,
      status: 'Failed',
      code: 'mailbox_full',
      plannedAt: instantAt(2),
      name: 'OTHER',
    });
    log.communication('CommunicationPlanned', {
      id: planned,
      status: 'Planned',
      plannedAt: instantAt(3),
      participantId: idOf('ben'),
    });
    log.communication('CommunicationPlanned', { id: idOf('elsewhere'), status: 'Planned', campaignId: OTHER_CAMPAIGN });
    log.communication(
      'CommunicationPlanned',
      { id: idOf('strange'), status: 'Planned' },
      { workspace: OTHER_WORKSPACE },
    );
    await project(store(), log);
    expect(await ids(store(), OF_CAMPAIGN)).toEqual([skipped, failed, planned]);
    expect(await ids(store(), { ...OF_CAMPAIGN, statuses: ['Skipped', 'Planned'] })).toEqual([skipped, planned]);
    expect(await ids(store(), { ...OF_CAMPAIGN, codes: ['mailbox_full', 'no_address'] })).toEqual([failed]);
    expect(await ids(store(), { ...OF_CAMPAIGN, name: 'OTHER', statuses: ['Failed'] })).toEqual([failed]);
    expect(await ids(store(), { ...OF_ANNA, direction: 'desc' })).toEqual([failed, skipped, idOf('elsewhere')]);
    expect(await ids(store(), { ...OF_CAMPAIGN, workspace: OTHER_WORKSPACE })).toEqual([idOf('strange')]);
    expect(await ids(store(), { ...OF_ANNA, workspace: OTHER_WORKSPACE })).toEqual([idOf('strange')]);
  });

  it('stay in the list of the workspace when their campaign is deleted (A53), as its people do', async () => {
    const log = new SpecLog();
    const campaigns = [CAMPAIGN, OTHER_CAMPAIGN];
    for (const id of campaigns) log.campaign('CampaignCreated', { id });
    log.campaign('CampaignDeleted', { id: CAMPAIGN });
    await store().commit(store().campaigns.write(campaignChanges(log.events)));
    const before = log.events.length;
    for (const [number, campaignId] of campaigns.entries()) {
      const plannedAt = instantAt(number);
      log.communication('CommunicationPlanned', { id: idOf(campaignId), status: 'Planned', campaignId, plannedAt });
    }
    await project(store(), log, before);
    const all = { ...OF_ANNA, of: 'workspace' } as const;
    expect(await store().communications.list(all)).toMatchObject({ total: 2 });
    expect(await ids(store(), all)).toEqual(campaigns.map(idOf));
    expect(await ids(store(), OF_ANNA)).toEqual(await ids(store(), all));
    expect(await ids(store(), { ...all, workspace: OTHER_WORKSPACE })).toEqual([]);
  });

  it('are summed up for a participant in her present life: statuses, last contact, result', async () => {
    const log = new SpecLog();
    const old = { status: 'Completed', life: 1, startedAt: instantAt(50), endedAt: instantAt(60) };
    log.communication('CommunicationEnded', { id: idOf('old'), ...old });
    log.communication(
      'CommunicationEnded',
      { id: idOf('a'), status: 'Completed', life: 2, startedAt: instantAt(10), endedAt: instantAt(40) },
      { personal: { results: { result: 'promised' } } },
    );
    log.communication('CommunicationEnded', {
      id: idOf('b'),
      status: 'NoResponse',
      life: 2,
      startedAt: instantAt(20),
      endedAt: instantAt(30),
      name: 'LATER',
      channelType: 'email',
    });
    log.communication('CommunicationPlanned', { id: idOf('c'), status: 'Planned', life: 2 });
    await project(store(), log);
    expect(
      await store().communications.summaries(WORKSPACE, [
        { id: ANNA, life: 2 },
        { id: idOf('ben'), life: 1 },
      ]),
    ).toEqual([
      {
        participantId: ANNA,
        statuses: { Completed: 1, NoResponse: 1, Planned: 1 },
        lastContact: { name: 'LATER', channelType: 'email', status: 'NoResponse', at: instantAt(20) },
        outcome: { result: 'promised', at: instantAt(40) },
      },
    ]);
    expect(await store().communications.summaries(OTHER_WORKSPACE, [{ id: ANNA, life: 2 }])).toEqual([]);
    expect(await store().communications.summaries(WORKSPACE, [])).toEqual([]);
  });

  it('forget the results of those whose customer was erased, and nobody else', async () => {
    const log = new SpecLog();
    for (const who of [ANNA, idOf('ben')]) {
      const id = idOf(`of ${who}`);
      const ended = { id, participantId: who, status: 'Completed', endedAt: instantAt(9) };
      log.communication('CommunicationEnded', ended, { personal: { results: { result: 'promised' } } });
    }
    await project(store(), log);
    await store().commit(store().communications.forget([{ id: ANNA, workspace: WORKSPACE, life: 1 }]));
    const both = [ANNA, idOf('ben')].map((id) => ({ id, life: 1 }));
    const summaries = await store().communications.summaries(WORKSPACE, both);
    expect(new Map(summaries.map(({ participantId, outcome }) => [participantId, outcome?.result]))).toEqual(
      new Map([
        [ANNA, 'Completed'],
        [idOf('ben'), 'promised'],
      ]),
    );
  });

  it('forget also the results that were in hand at an erasure, and keep those of the next life', async () => {
    const log = new SpecLog();
    const end = (life: number) =>
      log.communication(
        'CommunicationEnded',
        { id: idOf(`of life ${life}`), participantId: ANNA, life, status: 'Completed', endedAt: instantAt(9) },
        { personal: { results: { result: 'promised' } } },
      );
    const forget = () => store().communications.forget([{ id: ANNA, workspace: WORKSPACE, life: 1 }]);
    await store().commit(forget());
    end(1);
    end(2);
    await project(store(), log);
    // An erasure that comes again takes nothing more.
    await store().commit(forget());
    const resultOf = async (life: number) =>
      (await store().communications.summaries(WORKSPACE, [{ id: ANNA, life }]))[0]?.outcome?.result;
    expect([await resultOf(1), await resultOf(2)]).toEqual(['Completed', 'promised']);
  });

  it('take the status for a result that nobody declared, and say nothing of what has not happened', async () => {
    const log = new SpecLog();
    log.communication('CommunicationEnded', {
      id: idOf('a'),
      status: 'Skipped',
      endedAt: instantAt(4),
      code: 'no_address',
    });
    log.communication('CommunicationPlanned', { id: idOf('b'), status: 'Planned', participantId: idOf('ben') });
    await project(store(), log);
    expect(await store().communications.summaries(WORKSPACE, [{ id: ANNA, life: 1 }])).toEqual([
      { participantId: ANNA, statuses: { Skipped: 1 }, outcome: { result: 'Skipped', at: instantAt(4) } },
    ]);
    expect(await store().communications.summaries(WORKSPACE, [{ id: idOf('ben'), life: 1 }])).toEqual([
      { participantId: idOf('ben'), statuses: { Planned: 1 } },
    ]);
  });
});
