import { describe, expect, it } from '@jest/globals';
import { streamName } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import {
  CAMPAIGN,
  logOf,
  OTHER_WORKSPACE,
  uploadService,
  UPLOADS_KEPT_MS,
  WORKSPACE,
  writeCampaign,
} from '../../test/fixtures.js';
import { PARTS_LEASE_MS, UPLOAD_LEASE_MS } from '../storage/uploads.js';

type Service = ReturnType<typeof uploadService>;

const ID = 'ffffffff-0000-4000-8000-000000000001';
const UPLOAD = { id: ID, workspace: WORKSPACE, campaignId: CAMPAIGN };
const FILE = 'email;due_date\na@example.com;30.06.2026\nb@example.com;01.07.2026\n';

async function* pieces(text: string, from = 0, length = 10): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = from; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const begin = ({ receiveParts }: Service, text = FILE, id = ID) =>
  receiveParts.begin(
    { ...UPLOAD, id, actor: 'user:test', fileName: 'people.csv' },
    { bytes: Buffer.byteLength(text), dateFormat: 'DD.MM.YYYY' },
  );

/** Sends what is missing, as a client does: asks first. */
async function send({ receiveParts }: Service, text = FILE): Promise<void> {
  const { storedBytes, parts } = await receiveParts.find(UPLOAD);
  if (storedBytes === parts.bytes) return;
  const bytes = await receiveParts.write(ID, storedBytes, pieces(text, storedBytes));
  await receiveParts.finish(ID, bytes);
}

const recordOf = ({ uploads }: Service) => uploads.find(UPLOAD);

describe('a file that is received in parts', () => {
  it('goes on where it broke off, and is then checked and imported as any other', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    await begin(service);
    async function* broken() {
      yield Buffer.from(FILE.slice(0, 20));
      throw new Error('The connection broke');
    }
    await expect(service.receiveParts.write(ID, 0, broken())).rejects.toThrow('broke');
    expect((await service.receiveParts.find(UPLOAD)).storedBytes).toBe(20);
    expect(await service.checkNext()).toBe(false);
    await send(service);
    expect(await recordOf(service)).toMatchObject({ state: 'importing', status: 'Processing', bytes: FILE.length });
    expect((await service.receiveParts.find(UPLOAD)).storedBytes).toBe(FILE.length);
    expect(await service.importNext()).toBe(false);
    expect(await service.checkNext()).toBe(true);
    expect(await service.importNext()).toBe(true);
    expect(await recordOf(service)).toMatchObject({ status: 'Completed', progress: { counts: { created: 2 } } });
  });

  it('ends as Failed when it is refused, and says why', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    const text = 'email\na@example.com\n"open\n';
    await begin(service, text);
    await send(service, text);
    await service.checkNext();
    expect(await recordOf(service)).toMatchObject({ state: 'completed', status: 'Failed', reason: 'unclosed_quote' });
    expect(await service.uploads.problems(ID, 'error', { row: 0, ordinal: 0 })).toMatchObject([
      { row: 3, code: 'unclosed_quote', reason: expect.stringContaining('quote') },
    ]);
    expect((await logOf(service.store)).slice(1)).toMatchObject([
      { type: 'UploadReceived' },
      { type: 'UploadCompleted', data: { reason: 'unclosed_quote', counts: { rows: 0 } } },
    ]);
    expect(await service.importNext()).toBe(false);
  });

  it('takes the place of its campaign, and gives way when its sender is silent for long', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    await begin(service);
    await expect(service.receive(FILE)).rejects.toMatchObject({ code: 'upload_in_progress' });
    service.passTime(UPLOAD_LEASE_MS);
    await expect(service.receive(FILE)).rejects.toMatchObject({ code: 'upload_in_progress' });
    service.passTime(PARTS_LEASE_MS - UPLOAD_LEASE_MS);
    await service.receive(FILE, { dateFormat: 'DD.MM.YYYY' });
    await expect(service.receiveParts.find(UPLOAD)).rejects.toMatchObject({ code: 'upload_not_found' });
    await expect(service.receiveParts.write(ID, 0, pieces(FILE))).rejects.toMatchObject({ code: 'upload_not_found' });
    await expect(service.files.storedBytes(ID)).rejects.toThrow('no file');
  });

  it('is nobody else’s, is bounded, and is forgotten when nobody goes on with it', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    const about = { ...UPLOAD, actor: 'user:test', fileName: 'people.csv' };
    const tooLarge = { bytes: 4 * 1024 ** 3 + 1, dateFormat: 'YYYY-MM-DD' as const };
    await expect(service.receiveParts.begin(about, tooLarge)).rejects.toMatchObject({ code: 'file_too_large' });
    await expect(
      service.receiveParts.begin({ ...about, workspace: OTHER_WORKSPACE }, { ...tooLarge, bytes: 1 }),
    ).rejects.toMatchObject({ code: 'campaign_not_found' });
    await begin(service);
    await expect(service.receiveParts.find({ ...UPLOAD, workspace: OTHER_WORKSPACE })).rejects.toMatchObject({
      code: 'upload_not_found',
    });
    await service.forgetOld.run();
    expect((await service.receiveParts.find(UPLOAD)).storedBytes).toBe(0);
    service.passTime(PARTS_LEASE_MS + UPLOADS_KEPT_MS);
    await service.forgetOld.run();
    expect(await recordOf(service)).toBeUndefined();
    await expect(service.files.storedBytes(ID)).rejects.toThrow('no file');
  });

  it('ends when it is canceled before it is whole, with nothing of it left, and makes room for another', async () => {
    const service = uploadService();
    await writeCampaign(service.store);
    await begin(service);
    await service.receiveParts.write(ID, 0, pieces(FILE.slice(0, 20)));
    await service.queries.cancel(UPLOAD);
    await expect(service.receiveParts.write(ID, 20, pieces(FILE, 20))).rejects.toMatchObject({
      code: 'upload_not_found',
    });
    expect(await service.checkNext()).toBe(true);
    expect(await recordOf(service)).toMatchObject({ state: 'completed', status: 'Failed', reason: 'canceled' });
    expect((await logOf(service.store)).at(-1)).toMatchObject({ data: { reason: 'canceled' } });
    await expect(service.files.storedBytes(ID)).rejects.toThrow('no file');
    expect((await service.receiveParts.find(UPLOAD)).storedBytes).toBe(0);
    await expect(service.receive(FILE, { dateFormat: 'DD.MM.YYYY' })).resolves.toMatchObject({
      uploadId: expect.any(String),
    });
  });

  it('leads to the same streams and counters, wherever it was cut', async () => {
    const calm = uploadService();
    await writeCampaign(calm.store);
    await begin(calm);
    await send(calm);
    await calm.checkNext();
    await calm.importNext();
    const expected = await essenceOf(calm);
    const cuts = await underAllCuts(async (cut) => {
      const service = uploadService({ cuts: cut });
      await repeatUntilThrough(async () => {
        const [campaign] = await service.store.readLast([streamName('campaign', CAMPAIGN)]);
        if (campaign === undefined) await writeCampaign(service.store);
      });
      await repeatUntilThrough(async () => {
        service.passTime(PARTS_LEASE_MS);
        await service.receiveParts.find(UPLOAD).catch(() => begin(service));
        await send(service);
      });
      await repeatUntilThrough(async () => {
        service.passTime(UPLOAD_LEASE_MS);
        while ((await service.checkNext()) || (await service.importNext()));
      });
      expect(await essenceOf(service)).toEqual(expected);
    });
    expect(cuts).toBeGreaterThan(15);
  });
});

async function essenceOf(service: Service) {
  const log = await logOf(service.store);
  return {
    log: log.map(({ type, personal, revision }) => ({ type, personal, revision })),
    record: (await recordOf(service))?.progress,
  };
}
