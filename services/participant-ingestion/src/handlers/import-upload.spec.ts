import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { StorageFull, streamName, TransientError } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import {
  CAMPAIGN,
  deleteCampaign,
  logOf,
  UPLOADS_KEPT_MS,
  uploadService,
  WORKSPACE,
  writeCampaign,
} from '../../test/fixtures.js';
import { BATCH_ITEMS_MAX } from './item-batch.js';
import { IMPORT_FAILURES_MAX } from './import-upload.js';
import { UPLOAD_LEASE_MS } from '../storage/uploads.js';

const FILE = [
  'external_id,email,due_date,Shoe Size',
  'a,a@example.com,2026-06-30,41',
  '',
  'b,nobody,30.06.2026,42',
  'a,,2026-07-01,',
  ' , ,',
  'c,c@example.com,2026-06-30,1,surplus',
  'd,d@example.com,2026-06-30,1,',
  '',
].join('\r\n');

/** Rows behind those of FILE whose contact keys belong to the people of FILE, and one of them that fails as well. */
const CLASHES = [
  'e,A@example.com,2026-06-30,',
  'f,d@example.com,yesterday,',
  'g,a@example.com,,',
  'e,d@example.com,2026-07-01,',
  '',
].join('\r\n');

async function received(service: ReturnType<typeof uploadService>, file = FILE) {
  await writeCampaign(service.store);
  return (await service.receive(file)).uploadId;
}

const recordOf = (service: ReturnType<typeof uploadService>, id: string) =>
  service.uploads.find({ id, workspace: WORKSPACE, campaignId: CAMPAIGN });

describe('importing an upload', () => {
  it('counts every row once and reports the bad ones by the number they have in a spreadsheet', async () => {
    const service = uploadService();
    const id = await received(service);
    expect(await service.importNext()).toBe(true);
    expect(await recordOf(service, id)).toMatchObject({
      state: 'completed',
      status: 'Failed',
      progress: { counts: { rows: 5, created: 2, updated: 1, unchanged: 0, failed: 2 }, nextByte: FILE.length },
      reading: { warnings: [{ column: 'shoe size', code: 'ignored_column' }], delimiter: ',' },
    });
    expect(await service.uploads.problems(id, 'error', { row: 0, ordinal: 0 })).toMatchObject([
      { row: 4, field: 'email', value: 'nobody', code: 'invalid_email' },
      { row: 4, field: 'due_date', value: '30.06.2026', code: 'invalid_date' },
      { row: 7, field: '', code: 'too_many_cells' },
    ]);
    const log = await logOf(service.store);
    expect(log.at(-1)).toMatchObject({ type: 'UploadCompleted', data: { status: 'Failed', counts: { rows: 5 } } });
    expect(await service.importNext()).toBe(false);
  });

  it('warns of rows whose contact key identifies somebody else, and imports them ([P]2, A43)', async () => {
    const service = uploadService();
    const id = await received(service, FILE + CLASHES);
    await service.importNext();
    const record = await recordOf(service, id);
    expect(record?.progress).toMatchObject({
      counts: { rows: 9, created: 4, updated: 2, unchanged: 0, failed: 3 },
      warned: 3,
    });
    const warning = { severity: 'warning', ordinal: 0, field: 'email', code: 'key_of_another' };
    expect(await service.uploads.problems(id, 'warning', { row: 0, ordinal: 0 })).toMatchObject([
      { ...warning, row: 9, value: 'A@example.com' },
      { ...warning, row: 11, value: 'a@example.com' },
      { ...warning, row: 12, value: 'd@example.com' },
    ]);
    const about = { id, workspace: WORKSPACE, campaignId: CAMPAIGN };
    expect(await service.queries.problemGroups(about, 'warning')).toMatchObject([
      { field: 'email', code: 'key_of_another', count: 3, examples: [{ row: 9, value: 'A@example.com' }, {}, {}] },
    ]);
    expect(await service.queries.problemGroups(about, 'error')).toHaveLength(3);
    const failed = (await collected(await service.uploadFiles.failedRows(about))).join('').split('\r\n');
    expect(failed.map((line) => line.slice(0, 3))).toEqual(['"ex', '"b"', '"c"', '"f"', '']);
  });

  it('adds nothing when the same file comes again', async () => {
    const service = uploadService();
    await received(service);
    await service.importNext();
    const before = (await logOf(service.store)).length;
    const { uploadId } = await service.receive(FILE);
    await service.importNext();
    expect((await recordOf(service, uploadId))?.progress.counts).toEqual({
      rows: 5,
      created: 0,
      updated: 2,
      unchanged: 1,
      failed: 2,
    });
    const types = (await logOf(service.store)).slice(before).map(({ type }) => type);
    // The two rows of person a differ from each other, so each of them is a change again.
    expect(types).toEqual(['UploadReceived', 'ParticipantUpdated', 'ParticipantUpdated', 'UploadCompleted']);
  });

  it('takes dates as the upload says, and an empty file with a header as done', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    const { uploadId } = await service.receive('email;due_date\na@example.com;30.06.2026', {
      dateFormat: 'DD.MM.YYYY',
    });
    await service.importNext();
    expect(await recordOf(service, uploadId)).toMatchObject({
      status: 'Completed',
      progress: { counts: { created: 1 } },
    });
    const empty = await service.receive('email;due_date\n');
    await service.importNext();
    expect(await recordOf(service, empty.uploadId)).toMatchObject({
      status: 'Completed',
      progress: { counts: { rows: 0 } },
    });
  });

  it('ends early when that is asked for; what is stored so far stays (A48)', async () => {
    const service = uploadService({ pieceBytes: 64 * 1024 });
    const rows = Array.from({ length: 2 * BATCH_ITEMS_MAX + 10 }, (_, at) => `many-${at}\n`).join('');
    const id = await received(service, `external_id\n${rows}`);
    service.whenAppended(() => void service.uploads.cancel({ id, workspace: WORKSPACE, campaignId: CAMPAIGN }));
    await service.importNext();
    const record = await recordOf(service, id);
    expect(record).toMatchObject({ state: 'completed', status: 'Failed', reason: 'canceled' });
    const { rows: stored, created } = record?.progress.counts ?? {};
    // The chunk behind the first may have been under way with it.
    expect([BATCH_ITEMS_MAX, 2 * BATCH_ITEMS_MAX]).toContain(stored);
    expect(created).toBe(stored);
    expect((await logOf(service.store)).at(-1)).toMatchObject({
      type: 'UploadCompleted',
      data: { reason: 'canceled' },
    });
  });

  it('applies the rows of a person in their order, also where they are in two chunks', async () => {
    const service = uploadService({ pieceBytes: 64 * 1024 });
    const namesakes = (name: string) =>
      Array.from({ length: BATCH_ITEMS_MAX }, (_, at) => `many-${at},${name}\n`).join('');
    await received(service, `external_id,name\n${namesakes('First')}${namesakes('Second')}`);
    const append = service.store.append.bind(service.store);
    let batches = 0;
    service.store.append = async (writes) => {
      const number = writes.length < BATCH_ITEMS_MAX ? 0 : ++batches;
      // As long as it takes, if ever, until the chunk behind it overtakes.
      for (let turn = 0; number === 1 && batches === 1 && turn < 2_000; turn += 1) await nextTurn();
      for (let turn = 0; number === 1 && turn < 20; turn += 1) await nextTurn();
      return append(writes);
    };
    await service.importNext();
    expect(batches).toBe(2);
    const last = new Map((await logOf(service.store)).map((event) => [event.stream, event]));
    const people = [...last.values()].filter(({ stream }) => stream.startsWith('participant-'));
    expect(people).toHaveLength(BATCH_ITEMS_MAX);
    expect(people.filter(({ personal }) => !JSON.stringify(personal).includes('"name":"Second"'))).toEqual([]);
  });

  it('reserves the customers of one chunk after the other, so that what two rows claim is the first one’s', async () => {
    const service = uploadService({ pieceBytes: 64 * 1024 });
    const rows = Array.from({ length: 4 * BATCH_ITEMS_MAX }, (_, at) => `many-${at}\n`).join('');
    await received(service, `external_id\n${rows}`);
    const prepare = service.upserts.prepare.bind(service.upserts);
    const underWay: number[] = [];
    let begun = 0;
    service.upserts.prepare = async (batch) => {
      begun += 1;
      underWay.push(begun);
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      const prepared = await prepare(batch);
      begun -= 1;
      return prepared;
    };
    await service.importNext();
    expect(underWay).toEqual([1, 1, 1, 1]);
  });

  it('gives back the file, and its failed rows whole, as long as they are kept', async () => {
    const service = uploadService();
    const id = await received(service);
    await service.importNext();
    const about = { id, workspace: WORKSPACE, campaignId: CAMPAIGN };
    const failedRows = async () => (await collected(await service.uploadFiles.failedRows(about))).join('');
    expect(await failedRows()).toBe(
      '"external_id","email","due_date","Shoe Size"\r\n"b","nobody","30.06.2026","42"\r\n"c","c@example.com","2026-06-30","1","surplus"\r\n',
    );
    const { content } = await service.uploadFiles.file(about);
    expect((await collected(content)).join('')).toBe(FILE);
    await expect(service.uploadFiles.file({ ...about, workspace: CAMPAIGN })).rejects.toMatchObject({
      code: 'upload_not_found',
    });
    await service.forgetOld.run();
    expect(await failedRows()).not.toBe('');
    service.passTime(UPLOADS_KEPT_MS);
    await service.forgetOld.run();
    await expect(failedRows()).rejects.toMatchObject({ code: 'file_gone' });
    expect(await service.uploads.problems(id, 'error', { row: 0, ordinal: 0 })).toEqual([]);
    expect((await recordOf(service, id))?.progress.counts.failed).toBe(2);
  });

  it('goes on at the row where it stopped, whoever goes on', async () => {
    const service = uploadService();
    const id = await received(service);
    await service.importNext('one', { aborted: true });
    expect(await recordOf(service, id)).toMatchObject({
      status: 'Processing',
      progress: { nextRow: 2, counts: { rows: 0 } },
    });
    expect(await service.importNext('two')).toBe(true);
    expect((await recordOf(service, id))?.progress.counts.rows).toBe(5);
  });

  it('counts each row once, also where the progress of all chunks that were under way is lost', async () => {
    const service = uploadService({ pieceBytes: 64 * 1024 });
    const people = 4 * BATCH_ITEMS_MAX + 10;
    const rows = Array.from({ length: people }, (_, at) => `many-${at}\n`).join('');
    const id = await received(service, `external_id\n${rows}`);
    const saveProgress = service.uploads.saveProgress.bind(service.uploads);
    let saved = 0;
    service.uploads.saveProgress = async (...progress) => {
      saved += 1;
      if (saved !== 2) return saveProgress(...progress);
      while ((await createdIn(service)) < 3 * BATCH_ITEMS_MAX) await nextTurn();
      throw new TransientError('The connection broke');
    };
    await expect(service.importNext()).rejects.toThrow(TransientError);
    expect(await createdIn(service)).toBe(3 * BATCH_ITEMS_MAX);
    expect((await recordOf(service, id))?.progress.counts.rows).toBe(BATCH_ITEMS_MAX);
    service.passTime(UPLOAD_LEASE_MS);
    await service.importNext();
    expect(await createdIn(service)).toBe(people);
    expect(await recordOf(service, id)).toMatchObject({
      status: 'Completed',
      progress: { counts: { rows: people, created: people, updated: 0, unchanged: 0, failed: 0 } },
    });
  });

  it('changes nothing once the lease belongs to another', async () => {
    const service = uploadService();
    const id = await received(service);
    const slow = await service.uploads.takeTask('one');
    service.passTime(UPLOAD_LEASE_MS);
    await service.importNext('two');
    const log = await logOf(service.store);
    if (slow === undefined) throw new Error('There is nothing to import');
    await service.importUpload.run(slow, { aborted: false });
    expect(await logOf(service.store)).toEqual(log);
    expect((await recordOf(service, id))?.progress.counts.rows).toBe(5);
  });

  it('is given up after it was interrupted by a bug too often', async () => {
    const service = uploadService();
    const id = await received(service);
    for (let failure = 1; failure <= IMPORT_FAILURES_MAX; failure++) {
      const task = await service.uploads.takeTask('one');
      if (task !== undefined) await service.uploads.release(task, 'failed');
    }
    await service.importNext();
    expect(await recordOf(service, id)).toMatchObject({ status: 'Failed', reason: 'internal_error' });
  });

  it('ends when its campaign is deleted or its file is gone', async () => {
    const service = uploadService();
    const id = await received(service);
    await service.files.remove(id);
    await service.importNext();
    expect(await recordOf(service, id)).toMatchObject({ status: 'Failed', reason: 'file_missing' });
    const other = (await service.receive(FILE)).uploadId;
    await deleteCampaign(service.store);
    await service.importNext();
    expect(await recordOf(service, other)).toMatchObject({
      status: 'Failed',
      reason: 'campaign_deleted',
      progress: { counts: { rows: 0 } },
    });
  });

  it('is refused where there is no room for the file, with nothing of it left, and received when there is some', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    const create = service.files.create.bind(service.files);
    service.files.create = async (key) => ({
      ...(await create(key)),
      write: () => Promise.reject(new StorageFull('full')),
    });
    await expect(service.receive(FILE)).rejects.toThrow(StorageFull);
    expect(await service.uploads.list(WORKSPACE, CAMPAIGN, 1)).toEqual([]);
    service.files.create = create;
    const { uploadId } = await service.receive(FILE);
    await service.importNext();
    expect((await recordOf(service, uploadId))?.progress.counts.rows).toBe(5);
  });

  it('leads to the same streams, counters and problems, wherever it was cut', async () => {
    const undisturbed = uploadService({ pieceBytes: 20 });
    await received(undisturbed, FILE + CLASHES);
    await undisturbed.importNext();
    const expected = await essenceOf(undisturbed);
    expect(expected).toMatchObject({ record: { warned: 3 }, warnings: [{ row: 9 }, { row: 11 }, { row: 12 }] });
    const cuts = await underAllCuts(async (cut) => {
      const service = uploadService({ cuts: cut, pieceBytes: 20 });
      await repeatUntilThrough(async () => {
        const [campaign] = await service.store.readLast([streamName('campaign', CAMPAIGN)]);
        if (campaign === undefined) await writeCampaign(service.store);
        if ((await newest(service)) === undefined) await service.receive(FILE + CLASHES);
        service.passTime(UPLOAD_LEASE_MS);
        await service.importNext();
      });
      expect((await newest(service))?.state).toBe('completed');
      expect(await essenceOf(service)).toEqual(expected);
    });
    expect(cuts).toBeGreaterThan(15);
  });
});

async function collected(pieces: AsyncIterable<string | Buffer>): Promise<readonly string[]> {
  const texts = [];
  for await (const piece of pieces) texts.push(piece.toString());
  return texts;
}

async function createdIn(service: ReturnType<typeof uploadService>): Promise<number> {
  return (await logOf(service.store)).filter(({ type }) => type === 'ParticipantCreated').length;
}

/** The only upload there is. */
async function newest(service: ReturnType<typeof uploadService>) {
  return (await service.uploads.list(WORKSPACE, CAMPAIGN, 1))[0];
}

/** Everything but ids: those of an upload and of customers depend on how often one was begun in vain. */
async function essenceOf(service: ReturnType<typeof uploadService>) {
  const record = await newest(service);
  const log = await logOf(service.store);
  return {
    log: log.map(({ type, personal, revision }) => ({ type, personal, revision })),
    record: record?.progress,
    problems: await service.uploads.problems(record?.id ?? '', 'error', { row: 0, ordinal: 0 }),
    warnings: await service.uploads.problems(record?.id ?? '', 'warning', { row: 0, ordinal: 0 }),
    groups: await service.uploads.problemGroups(record?.id ?? '', 'warning'),
  };
}
