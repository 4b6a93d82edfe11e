import { describe, expect, it } from '@jest/globals';
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
import { FOLDED_CHARACTERS_MAX } from '../folded-text.js';
import { participantChanges } from './participant-changes.js';
import { participantFilter } from './participant-filter.js';
import { sortValue } from './participant-keys.js';
import { type CustomerQuery, PARTICIPANT_SORTS, type ParticipantQuery, UPLOADS_MAX } from './participant-view.js';
import { searchedIdentity } from './searched-identity.js';
import { ParticipantsRequest } from './participants-request.js';

const ALL: ParticipantQuery = {
  workspace: WORKSPACE,
  campaignId: CAMPAIGN,
  sort: 'createdAt',
  direction: 'asc',
  limit: 100,
};
const ANNA = idOf('anna');

async function project<Transaction>(store: ViewStore<Transaction>, log: SpecLog, from = 0, to?: number): Promise<void> {
  await store.commit(store.participants.write(participantChanges(log.events.slice(from, to))));
}

async function found<Transaction>(
  store: ViewStore<Transaction>,
  request: Partial<ParticipantsRequest>,
): Promise<readonly unknown[]> {
  const filter = participantFilter(WORKSPACE, CAMPAIGN, Object.assign(new ParticipantsRequest(), request), 'UTC');
  const { lines, total } = await store.participants.list({ ...ALL, ...filter });
  expect(total).toBe(lines.length);
  return lines.map(({ values }) => values['name']);
}

async function counted<Transaction>(store: ViewStore<Transaction>): Promise<number> {
  return (await store.counters.of(WORKSPACE, CAMPAIGN)).reduce((sum, { count }) => sum + count, 0);
}

eachViewStore('the participants', (store) => {
  it('stand as their last event tells, with the uploads that touched them', async () => {
    const log = new SpecLog();
    const [first, second] = [idOf('first upload'), idOf('second upload')];
    log.participant(
      'ParticipantCreated',
      { id: ANNA, timeZone: 'Europe/Madrid' },
      { name: 'Anna', amount: 5 },
      { uploadId: first },
    );
    log.participant(
      'ParticipantUpdated',
      { id: ANNA, timeZone: 'Asia/Dubai' },
      { name: 'Anna', amount: 6 },
      { uploadId: first },
    );
    log.participant('ParticipantUpdated', { id: ANNA }, { name: 'Anna', amount: 7, paid: true }, { uploadId: second });
    await project(store(), log, 0, 2);
    await project(store(), log);
    expect(await store().participants.find(WORKSPACE, [ANNA])).toEqual([
      {
        id: ANNA,
        campaignId: CAMPAIGN,
        customerId: idOf(`customer of ${ANNA}`),
        objectId: '',
        life: 1,
        timeZone: null,
        values: { name: 'Anna', amount: 7, paid: true },
        uploadIds: [first, second],
        createdAt: instantAt(1),
        updatedAt: instantAt(3),
      },
    ]);
    expect(await counted(store())).toBe(1);
  });

  it('vanish when deleted, are not brought back by an old batch, and start anew in their next life', async () => {
    const log = new SpecLog();
    log.participant('ParticipantCreated', { id: ANNA }, { name: 'Anna', amount: 5 }, { uploadId: idOf('first') });
    log.participant('ParticipantDeleted', { id: ANNA });
    log.participant('ParticipantCreated', { id: ANNA, life: 2 }, { name: 'Anna' }, { uploadId: idOf('second') });
    await project(store(), log, 0, 1);
    await project(store(), log, 1, 2);
    await project(store(), log, 0, 1);
    expect(await found(store(), {})).toEqual([]);
    expect(await store().participants.find(WORKSPACE, [ANNA])).toEqual([]);
    expect(await counted(store())).toBe(0);
    await project(store(), log, 2);
    await project(store(), log, 2);
    const [line] = await store().participants.find(WORKSPACE, [ANNA]);
    expect(line).toMatchObject({
      life: 2,
      values: { name: 'Anna' },
      createdAt: instantAt(3),
      uploadIds: [idOf('second')],
    });
    expect(await counted(store())).toBe(1);
  });

  it('lose their values with an erasure', async () => {
    const log = new SpecLog();
    log.participant('ParticipantCreated', { id: ANNA }, { name: 'Anna' });
    const { personal: _, ...erased } = log.participant('ParticipantUpdated', { id: ANNA }, { name: 'Anna B.' });
    await store().commit(store().participants.write(participantChanges([erased])));
    expect(await store().participants.find(WORKSPACE, [ANNA])).toMatchObject([{ values: {} }]);
  });

  it('remember a bounded number of uploads, the newest', async () => {
    const log = new SpecLog();
    for (let number = 0; number < UPLOADS_MAX + 5; number += 1) {
      const type = number === 0 ? 'ParticipantCreated' : 'ParticipantUpdated';
      log.participant(type, { id: ANNA }, { name: 'Anna' }, { uploadId: idOf(`upload ${number}`) });
    }
    for (let at = 0; at < log.events.length; at += 10) await project(store(), log, at, at + 10);
    const [line] = await store().participants.find(WORKSPACE, [ANNA]);
    expect(line?.uploadIds).toEqual(Array.from({ length: UPLOADS_MAX }, (_, index) => idOf(`upload ${index + 5}`)));
  });

  describe('paging', () => {
    it.each(PARTICIPANT_SORTS.flatMap((sort) => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
      'by %s, %s, goes over ties and missing values and meets each participant once',
      async (sort, direction) => {
        const log = new SpecLog();
        const names = ['Zoë', 'anna', 'Anna', '', 'Ødegård', '王小明', '🦜 Polly', 'anna'];
        for (const [number, name] of names.entries()) {
          const values = name === '' ? {} : { name, email: `${name}@x.org`, phone: '34600', external_id: number };
          log.participant('ParticipantCreated', { id: idOf(`p${number}`) }, values, {
            time: instantAt(Math.floor(number / 3)),
          });
        }
        await project(store(), log);
        const whole = (await store().participants.list({ ...ALL, sort, direction })).lines;
        const paged: string[] = [];
        for (let after: ParticipantQuery['after']; ;) {
          const page = await store().participants.list({
            ...ALL,
            sort,
            direction,
            limit: 3,
            ...(after === undefined ? {} : { after }),
          });
          expect(page.total).toBe(names.length);
          paged.push(...page.lines.map(({ id }) => id));
          const last = page.lines.at(-1);
          if (last === undefined) break;
          after = { value: sortValue(last, sort), id: last.id };
        }
        expect(new Set(paged).size).toBe(names.length);
        expect(paged).toEqual(whole.map(({ id }) => id));
        const bytes = whole.map((line) => Buffer.from(sortValue(line, sort)));
        const sign = direction === 'asc' ? 1 : -1;
        expect(bytes).toEqual(bytes.toSorted((one, other) => sign * Buffer.compare(one, other)));
      },
    );

    it('takes values of any length, and cuts only what it sorts by', async () => {
      const log = new SpecLog();
      const long = '🦜'.repeat(16_000);
      log.participant('ParticipantCreated', { id: ANNA }, { name: long, external_id: `x${long}` });
      await project(store(), log);
      const { lines } = await store().participants.list({ ...ALL, sort: 'externalId' });
      expect(lines.map(({ values }) => values['name'])).toEqual([long]);
      const [line] = lines;
      expect(line && sortValue(line, 'externalId').length).toBe(FOLDED_CHARACTERS_MAX - 1);
    });
  });

  describe('filters', () => {
    const people = async () => {
      const log = new SpecLog();
      log.participant(
        'ParticipantCreated',
        { id: idOf('1') },
        { name: 'Anna 100%', email: 'Anna@X.org', phone: '34600111222', external_id: 'C_1' },
      );
      log.participant(
        'ParticipantCreated',
        { id: idOf('2') },
        { name: "O'Brien \\", email: 'o.b@x.org', phone: '34600333444', external_id: 'C21' },
      );
      log.participant(
        'ParticipantCreated',
        { id: idOf('3') },
        { name: 'Zoë_Z', external_id: 'c-3' },
        { uploadId: idOf('upload') },
      );
      log.participant(
        'ParticipantCreated',
        { id: idOf('4'), campaignId: OTHER_CAMPAIGN },
        { name: 'elsewhere', external_id: 'C_4' },
      );
      log.participant(
        'ParticipantCreated',
        { id: idOf('5') },
        { name: 'stranger', external_id: 'C_5' },
        { workspace: OTHER_WORKSPACE },
      );
      log.participant('ParticipantCreated', { id: idOf('6') }, { name: 'deleted', external_id: 'C_6' });
      log.participant('ParticipantDeleted', { id: idOf('6') });
      await project(store(), log);
    };

    it.each<[Partial<ParticipantsRequest>, readonly string[]]>([
      [{}, ['Anna 100%', "O'Brien \\", 'Zoë_Z']],
      [{ q: '  ' }, ['Anna 100%', "O'Brien \\", 'Zoë_Z']],
      [{ q: 'ANNA' }, ['Anna 100%']],
      [{ q: '%' }, ['Anna 100%']],
      [{ q: '_z' }, ['Zoë_Z']],
      [{ q: "O'B" }, ["O'Brien \\"]],
      [{ q: '\\' }, ["O'Brien \\"]],
      [{ q: 'x.org' }, ['Anna 100%', "O'Brien \\"]],
      [{ q: '333' }, ["O'Brien \\"]],
      [{ q: '+34 600-111' }, ['Anna 100%']],
      [{ q: '(600) 111' }, ['Anna 100%']],
      [{ q: '+49 600' }, []],
      [{ q: '\0' }, []],
      [{ email: 'ANNA@' }, ['Anna 100%']],
      [{ email: 'x.org' }, []],
      [{ phone: '+34 600-111' }, ['Anna 100%']],
      [{ phone: '34600' }, ['Anna 100%', "O'Brien \\"]],
      [{ externalId: 'c_' }, ['Anna 100%']],
      [{ uploadId: idOf('upload').toUpperCase() }, ['Zoë_Z']],
      [{ uploadId: idOf('another') }, []],
      [{ createdFrom: instantAt(2) }, ["O'Brien \\", 'Zoë_Z']],
      [{ createdBefore: instantAt(2) }, ['Anna 100%']],
      [{ createdFrom: instantAt(2), createdBefore: instantAt(3), q: 'o' }, ["O'Brien \\"]],
    ])('%j', async (request, names) => {
      await people();
      expect(await found(store(), request)).toEqual(names);
    });

    it('know nothing of other workspaces and campaigns', async () => {
      await people();
      const other = await store().participants.list({ ...ALL, workspace: OTHER_WORKSPACE });
      expect(other.lines.map(({ values }) => values['name'])).toEqual(['stranger']);
      const elsewhere = await store().participants.list({ ...ALL, campaignId: OTHER_CAMPAIGN });
      expect(elsewhere.lines.map(({ values }) => values['name'])).toEqual(['elsewhere']);
      expect(await store().participants.find(OTHER_WORKSPACE, [idOf('1')])).toEqual([]);
      expect(await store().counters.of(OTHER_WORKSPACE, CAMPAIGN)).toHaveLength(1);
    });
  });

  describe('as customers', () => {
    /** Anna is in both campaigns, Ben and Cleo in one; Cleo also lives in another workspace, and Dan is gone. */
    const people = async () => {
      const log = new SpecLog();
      const campaigns = [CAMPAIGN, OTHER_CAMPAIGN].map((id) => log.campaign('CampaignCreated', { id }));
      const come = (name: string, campaignId: string, rest: { readonly workspace?: string } = {}) =>
        log.participant(
          'ParticipantCreated',
          { id: idOf(`${name} ${campaignId}`), campaignId, customerId: idOf(name) },
          { name, external_id: `C-${name}` },
          rest,
        );
      come('Anna', CAMPAIGN);
      come('Ben', CAMPAIGN);
      come('Cleo', CAMPAIGN);
      come('Anna', OTHER_CAMPAIGN);
      come('Dan', OTHER_CAMPAIGN);
      const id = idOf(`Dan ${OTHER_CAMPAIGN}`);
      log.participant('ParticipantDeleted', { id, campaignId: OTHER_CAMPAIGN, customerId: idOf('Dan') });
      come('Cleo', idOf('a campaign of others'), { workspace: OTHER_WORKSPACE });
      await store().commit(store().campaigns.write(campaignChanges(campaigns)));
      await project(store(), log, campaigns.length);
    };
    const customers = async (query: Partial<CustomerQuery>) => {
      const page = await store().participants.customers({
        workspace: WORKSPACE,
        direction: 'desc',
        limit: 10,
        ...query,
      });
      return { names: page.lines.map(({ values }) => values['name']), ...page };
    };

    it('are there once each, in the order in which they changed', async () => {
      await people();
      expect(await customers({})).toMatchObject({ names: ['Anna', 'Cleo', 'Ben'], total: 3, isTotalEstimated: false });
      expect((await customers({ direction: 'asc' })).names).toEqual(['Ben', 'Cleo', 'Anna']);
    });

    it('are read page by page, both ways', async () => {
      await people();
      for (const direction of ['asc', 'desc'] as const) {
        const [first, second] = (await customers({ direction })).lines;
        const after = { value: first?.updatedAt ?? '', id: first?.id ?? '' };
        expect((await customers({ direction, after, limit: 1 })).lines).toEqual([second]);
      }
    });

    it('are found by the beginning of any identity, in all their campaigns, and never those of others', async () => {
      await people();
      expect(await customers({ beginning: searchedIdentity('C-An') })).toMatchObject({ names: ['Anna'], total: 1 });
      expect((await customers({ beginning: searchedIdentity('nna') })).names).toEqual([]);
      expect((await customers({ beginning: searchedIdentity('c-%') })).names).toEqual([]);
      expect(await customers({ workspace: OTHER_WORKSPACE, beginning: searchedIdentity('anna') })).toMatchObject({
        names: [],
        total: 0,
      });
      const ids = ['Anna', 'Cleo', 'Dan'].map(idOf);
      expect(await store().participants.campaignsOf(WORKSPACE, ids)).toEqual(
        new Map([
          [idOf('Anna'), [CAMPAIGN, OTHER_CAMPAIGN]],
          [idOf('Cleo'), [CAMPAIGN]],
        ]),
      );
    });

    it('stay when all their campaigns are deleted (A53), wherever they are looked for', async () => {
      await people();
      const log = new SpecLog();
      for (const id of [CAMPAIGN, OTHER_CAMPAIGN])
        for (const type of ['CampaignCreated', 'CampaignDeleted']) log.campaign(type, { id });
      await store().commit(store().campaigns.write(campaignChanges(log.events)));
      const { participants } = store();
      const beginning = searchedIdentity('anna');
      expect(await customers({})).toMatchObject({ names: ['Anna', 'Cleo', 'Ben'], total: 3 });
      expect(await customers({ beginning })).toMatchObject({ names: ['Anna'], total: 1 });
      expect(await participants.search(WORKSPACE, beginning, 10)).toHaveLength(2);
      expect(await participants.ofCustomer(WORKSPACE, idOf('Anna'), 10)).toHaveLength(2);
      expect((await participants.campaignsOf(WORKSPACE, [idOf('Anna')])).get(idOf('Anna'))).toHaveLength(2);
    });

    it.each(['2024-00', '34 600', '+34 600-0', '2024-0017'])(
      'by %s: what may be an external ID and a phone number is looked for as both',
      async (typed) => {
        const log = new SpecLog();
        await store().commit(
          store().campaigns.write(campaignChanges([log.campaign('CampaignCreated', { id: CAMPAIGN })])),
        );
        const values = { name: 'Anna', external_id: '2024-0017', phone: '34600001' };
        log.participant('ParticipantCreated', { id: idOf('anna') }, values);
        log.participant('ParticipantCreated', { id: idOf('ben') }, { name: 'Ben', external_id: '2024/0017' });
        await project(store(), log, 1);
        const beginning = searchedIdentity(typed);
        expect(await customers({ beginning })).toMatchObject({ names: ['Anna'], total: 1 });
        const found = await store().participants.search(WORKSPACE, beginning, 10);
        expect(found.map(({ id }) => id)).toEqual([idOf('anna')]);
      },
    );
  });
});
