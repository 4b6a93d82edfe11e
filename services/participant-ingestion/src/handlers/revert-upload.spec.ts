import { describe, expect, it } from '@jest/globals';
import { streamName } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import {
  batchOf,
  CAMPAIGN,
  deleteCampaign,
  FIELDS,
  logOf,
  OTHER_WORKSPACE,
  type Row,
  uploadService,
  WORKSPACE,
  writeCampaign,
} from '../../test/fixtures.js';
import { UPLOAD_LEASE_MS } from '../storage/uploads.js';
import { DeleteParticipant } from './delete-participant.js';

type Service = ReturnType<typeof uploadService>;

const KNOWN: Row = { external_id: 'known', email: 'known@example.com', amount: '5', timezone: 'Europe/London' };
const FILE = [
  'external_id,email,phone,amount,due_date,timezone',
  'known,known@example.com,4915112345678,7,2026-06-30,Europe/Paris',
  'new,new@example.com,,1,,',
  'known,,,8,,',
].join('\n');
const identityOf = (id: string, isPreview = false, workspace = WORKSPACE) => {
  return { id, workspace, campaignId: CAMPAIGN, isPreview };
};

/** A campaign with somebody whom the file changes, and somebody whom it brings. */
async function uploaded(service: Service, file = FILE, known: readonly Row[] = [KNOWN]): Promise<string> {
  await writeCampaign(service.store);
  await write(service, known, 'before');
  const { uploadId } = await service.receive(file);
  await service.importNext();
  return uploadId;
}

async function write(service: Service, rows: readonly Row[], cause: string): Promise<void> {
  if (rows.length > 0) await service.upserts.upsert(batchOf(rows, { cause, door: 'api', mayBeRepeated: true }));
}

async function reverted(service: Service, id: string, isPreview = false) {
  await service.revertUpload.begin(identityOf(id, isPreview), 'user:ada');
  while (await service.revertNext());
  return service.revertUpload.find(identityOf(id, isPreview));
}

/** The last event of everybody, by who it is. */
async function peopleOf(service: Service) {
  const last = new Map((await logOf(service.store)).map((event) => [event.stream, event]));
  return [...last.values()].flatMap(({ type, personal, data, stream }) => {
    const { values, profile } = (personal ?? {}) as { values?: Row; profile?: Row };
    const { timeZone } = (data as { participant?: { timeZone?: string } }).participant ?? {};
    if (stream.startsWith('upload-') || stream.startsWith('campaign-')) return [];
    return [{ type, ...(values ?? profile), ...(timeZone === undefined ? {} : { timeZone }) }];
  });
}

describe('reverting an upload', () => {
  it('deletes whom it created and gives back what it changed; the customer whom it made stays', async () => {
    const service = uploadService();
    const id = await uploaded(service);
    const { record, leftByReason } = await reverted(service, id);
    expect(record).toMatchObject({
      endedAt: expect.any(String),
      progress: {
        counts: { participantsDeleted: 1, participantsRestored: 1, profilesRestored: 1, leftAlone: 1 },
      },
    });
    expect(record.reason).toBeUndefined();
    expect(leftByReason).toEqual({ customer_kept: 1 });
    expect(await peopleOf(service)).toEqual([
      { type: 'CustomerProfileChanged', external_id: 'known', email: 'known@example.com' },
      {
        type: 'ParticipantUpdated',
        ...{ external_id: 'known', email: 'known@example.com', amount: 5, timeZone: 'Europe/London' },
      },
      { type: 'CustomerProfileChanged', external_id: 'new', email: 'new@example.com' },
      { type: 'ParticipantDeleted' },
    ]);
    const log = await logOf(service.store);
    const own = log.filter(({ actor }) => actor === 'user:ada');
    expect(own.map(({ type, hop }) => [type, hop])).toEqual([
      ['CustomerProfileChanged', 0],
      ['ParticipantUpdated', 0],
      ['ParticipantDeleted', 0],
      ['UploadReverted', 0],
    ]);
    expect(own[1]).toMatchObject({
      data: { source: { door: 'revert', uploadId: id }, changed: ['phone', 'due_date', 'amount', 'timezone'] },
    });
    expect(own.at(-1)?.data).toMatchObject({ upload: { id }, counts: record.progress.counts });
    // Its participants follow the profile already.
    await service.people.onProfileChanges.handle(log);
    expect(await logOf(service.store)).toHaveLength(log.length);
  });

  it('says before what it would do, as often as it is asked, and changes nothing', async () => {
    const service = uploadService();
    const id = await uploaded(service);
    const log = await logOf(service.store);
    const preview = await reverted(service, id, true);
    expect(await logOf(service.store)).toEqual(log);
    expect((await reverted(service, id, true)).record.progress).toEqual(preview.record.progress);
    const { record, leftByReason } = await reverted(service, id);
    expect({ leftByReason, counts: record.progress.counts }).toEqual({
      leftByReason: preview.leftByReason,
      counts: preview.record.progress.counts,
    });
  });

  it('leaves alone what somebody else changed afterwards, and lists it', async () => {
    const service = uploadService();
    const id = await uploaded(service, 'external_id,amount,due_date\nboth,7,2026-06-30\nagain,1,\ngone,1,\nold,9,\n', [
      { external_id: 'both', amount: '5' },
      { external_id: 'old', amount: '4' },
    ]);
    await write(
      service,
      [
        { external_id: 'both', amount: '6' },
        { external_id: 'again', amount: '2' },
      ],
      'since',
    );
    const remove = new DeleteParticipant(service.store, service.people.people, service.people.clock);
    for (const name of ['gone', 'old']) {
      const [customerId = ''] = await service.people.keys.of(WORKSPACE).beginningWith([`x:${name}`], 1);
      const [noted] = await service.people.participants.of(WORKSPACE, [customerId]);
      const by = { workspace: WORKSPACE, actor: 'user:bo', causation: customerId };
      await remove.execute(by, CAMPAIGN, noted?.participantId ?? '');
    }
    // A new life is nobody's whom the upload brought.
    await write(service, [{ external_id: 'old', amount: '9' }], 'again');
    const { record, leftByReason } = await reverted(service, id);
    expect(leftByReason).toEqual({ brought_in_since: 1, changed_since: 1, customer_kept: 2, deleted_since: 2 });
    expect(record.progress.counts).toMatchObject({ participantsDeleted: 0, participantsRestored: 1 });
    const list = await service.revertUpload.left(identityOf(id), 10, undefined);
    expect(list.map(({ reason, row, subject, fields }) => [reason, row, subject, ...fields])).toEqual([
      ['brought_in_since', 3, 'participant'],
      ['changed_since', 2, 'participant', 'amount'],
      ['customer_kept', 3, 'customer'],
      ['customer_kept', 4, 'customer'],
      ['deleted_since', 4, 'participant'],
      ['deleted_since', 5, 'participant'],
    ]);
    const people = await peopleOf(service);
    expect(people.filter(({ type }) => type.startsWith('Participant'))).toMatchObject([
      { external_id: 'both', amount: 6 },
      { external_id: 'old', amount: 9 },
      { external_id: 'again', amount: 2 },
      { type: 'ParticipantDeleted' },
    ]);
    expect(people.find((person) => 'amount' in person)).not.toHaveProperty('due_date');
  });

  it('leaves alone who was erased, and fields that are gone', async () => {
    const service = uploadService();
    const id = await uploaded(service);
    const [customerId = ''] = await service.people.keys.of(WORKSPACE).beginningWith(['x:new'], 1);
    const by = { workspace: WORKSPACE, actor: 'user:bo', causation: customerId };
    await service.people.eraseCustomer.execute(by, customerId);
    await service.people.onCustomersErased.handle(await logOf(service.store));
    const [last] = await service.store.readLast([streamName('campaign', CAMPAIGN)]);
    if (last === undefined) throw new Error('There is no campaign');
    const fields = FIELDS.filter(({ name }) => name !== 'due_date');
    const { stream, revision, position: _position, ...event } = last;
    const change = { ...event, id, type: 'FieldsDefined', data: { campaign: { id: CAMPAIGN }, fields } };
    await service.store.append([{ stream, expectedRevision: revision, events: [change] }]);
    const { leftByReason } = await reverted(service, id);
    expect(leftByReason).toEqual({ customer_erased: 2, field_gone: 1 });
    expect(await peopleOf(service)).toContainEqual(
      expect.objectContaining({ external_id: 'known', amount: 5, due_date: '2026-06-30' }),
    );
  });

  it('is refused while the upload is under way, when it was done already, and in other workspaces', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    const { uploadId: id } = await service.receive(FILE);
    const begin = (workspace = WORKSPACE) => service.revertUpload.begin(identityOf(id, false, workspace), 'user:ada');
    await expect(begin()).rejects.toMatchObject({ code: 'upload_in_progress' });
    await service.importNext();
    await expect(service.revertUpload.find(identityOf(id))).rejects.toMatchObject({ code: 'revert_not_found' });
    await expect(begin(OTHER_WORKSPACE)).rejects.toMatchObject({ code: 'campaign_not_found' });
    await begin();
    await expect(service.revertUpload.find(identityOf(id, false, OTHER_WORKSPACE))).rejects.toMatchObject({
      code: 'revert_not_found',
    });
    // Asked for again while it is under way, it goes on; afterwards it is done.
    expect((await begin()).record.endedAt).toBeUndefined();
    expect(await service.revertNext()).toBe(true);
    await expect(begin()).rejects.toMatchObject({ code: 'upload_reverted' });
    await expect(service.revertUpload.begin(identityOf(id, true), 'user:ada')).rejects.toMatchObject({
      code: 'upload_reverted',
    });
  });

  it('ends with its reason when the campaign is deleted meanwhile, and stops when it is told to', async () => {
    const service = uploadService();
    const id = await uploaded(service);
    await service.revertUpload.begin(identityOf(id), 'user:ada');
    await service.revertNext('one', { aborted: true });
    expect((await service.revertUpload.find(identityOf(id))).record.endedAt).toBeUndefined();
    await deleteCampaign(service.store);
    await service.revertNext('two');
    expect((await service.revertUpload.find(identityOf(id))).record).toMatchObject({ reason: 'campaign_deleted' });
    expect((await logOf(service.store)).at(-1)?.type).toBe('CampaignDeleted');
  });

  it('leads to the same streams, counts and list, wherever it was cut', async () => {
    const calm = uploadService();
    const calmId = await uploaded(calm);
    await write(calm, [{ external_id: 'known', due_date: '2027-01-01' }], 'since');
    await reverted(calm, calmId);
    const expected = await essenceOf(calm, calmId);
    const cuts = await underAllCuts(async (cut) => {
      const service = uploadService({ cuts: cut });
      const newest = async () => (await service.uploads.list(WORKSPACE, CAMPAIGN, 1))[0]?.id ?? '';
      const begin = () => service.revertUpload.begin(identityOf(id), 'user:ada');
      await repeatUntilThrough(() => writeCampaign(service.store));
      await repeatUntilThrough(() => write(service, [KNOWN], 'before'));
      await repeatUntilThrough(async () => {
        if ((await newest()) === '') await service.receive(FILE);
        service.passTime(UPLOAD_LEASE_MS);
        await service.importNext();
      });
      await repeatUntilThrough(() => write(service, [{ external_id: 'known', due_date: '2027-01-01' }], 'since'));
      const id = await newest();
      await repeatUntilThrough(begin);
      await repeatUntilThrough(async () => {
        service.passTime(UPLOAD_LEASE_MS);
        while (await service.revertNext());
      });
      expect(await essenceOf(service, id)).toEqual(expected);
    });
    expect(cuts).toBeGreaterThan(20);
  });
});

/** Everything but ids: those of an upload and of customers depend on how often one was begun in vain. */
async function essenceOf(service: Service, id: string) {
  const { record } = await service.revertUpload.find(identityOf(id));
  return {
    log: (await logOf(service.store)).map(({ type, personal, revision }) => ({ type, personal, revision })),
    counts: record.progress.counts,
    left: (await service.revertUpload.left(identityOf(id), 10, undefined)).map(({ subjectId: _id, ...entry }) => entry),
  };
}
