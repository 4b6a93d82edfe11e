import { describe, expect, it } from '@jest/globals';
import { StorageFull, TransientError } from '@poinciana/event-sourcing';
import { CAMPAIGN, uploadService, WORKSPACE, writeCampaign } from '../../test/fixtures.js';
import type { ImportTask } from '../storage/uploads.js';
import { taking, UploadWorker } from './upload-worker.js';
import type { ShownUpload } from './upload-queries.js';
import { WatchUploads } from './watch-uploads.js';

const FILE = 'external_id,email\na,a@example.com\n';

/** A worker that imports, and an upload that it meets as soon as it starts. */
async function working() {
  const service = uploadService();
  await writeCampaign(service.store);
  const { uploadId: id } = await service.receive(FILE);
  const identity = { id, workspace: WORKSPACE, campaignId: CAMPAIGN };
  const { uploads, importUpload } = service;
  const interruptions: unknown[] = [];
  const work = taking<ImportTask>({
    take: (holder) => uploads.takeTask(holder),
    release: (task, interruption) => uploads.release(task, interruption),
    run: (task, stop) => importUpload.run(task, stop),
  });
  const worker = new UploadWorker([work], (_, error) => void interruptions.push(error));
  return { service, identity, worker, interruptions };
}

/** What a watcher is told until it is so; what says only that we are there is left out. */
async function toldUntil(changes: AsyncGenerator<ShownUpload | undefined>, isSo: (told: ShownUpload) => boolean) {
  for (;;) {
    const { value, done } = await changes.next();
    if (done === true) throw new Error('The watch ended before it was so');
    if (value !== undefined && isSo(value)) return value;
  }
}

describe('work on uploads', () => {
  it.each([
    ['storage_full', new StorageFull('The database has no room left')],
    ['unavailable', new TransientError('The database is away')],
  ])('says that it waits (%s) where one looks, and says it no longer when it goes on', async (code, error) => {
    const { service, identity, worker, interruptions } = await working();
    const watch = new WatchUploads(service.queries);
    const append = service.store.append.bind(service.store);
    service.store.append = () => Promise.reject(error);
    const changes = await watch.watch(identity);
    worker.start();
    const waiting = await toldUntil(changes, ({ waitingFor }) => waitingFor !== undefined);
    expect(waiting).toMatchObject({ waitingFor: code, status: 'Processing' });
    expect((await service.queries.find(identity)).waitingFor).toBe(code);
    expect(interruptions[0]).toBe(error);
    service.store.append = append;
    worker.wake();
    const ended = await toldUntil(changes, ({ state }) => state === 'completed');
    expect(ended).toMatchObject({ status: 'Completed', progress: { counts: { created: 1 } } });
    expect(ended.waitingFor).toBeUndefined();
    await worker.stop();
  });

  it('that could not even be given back is taken up again at once', async () => {
    const { service, identity, worker } = await working();
    const release = service.uploads.release.bind(service.uploads);
    const append = service.store.append.bind(service.store);
    const away = new TransientError('The database is away');
    service.store.append = () => Promise.reject(away);
    const released = new Promise<void>((resolve) => {
      service.uploads.release = async () => {
        resolve();
        throw away;
      };
    });
    worker.start();
    await released;
    service.store.append = append;
    service.uploads.release = release;
    const changes = await new WatchUploads(service.queries).watch(identity);
    const wakes = setInterval(() => worker.wake(), 10);
    const ended = await toldUntil(changes, ({ state }) => state === 'completed');
    clearInterval(wakes);
    expect(ended).toMatchObject({ status: 'Completed', progress: { counts: { created: 1 } } });
    await worker.stop();
  });

  it('is shown as waiting by a watcher who cannot ask for it, and as it is when he can', async () => {
    const { service, identity, worker } = await working();
    const find = service.uploads.find.bind(service.uploads);
    const changes = await new WatchUploads(service.queries).watch(identity);
    await changes.next();
    service.uploads.find = () => Promise.reject(new TransientError('The database is away'));
    expect((await changes.next()).value).toMatchObject({ id: identity.id, waitingFor: 'unavailable' });
    service.uploads.find = find;
    expect((await changes.next()).value?.waitingFor).toBeUndefined();
    await changes.return(undefined);
    await worker.stop();
  });
});
