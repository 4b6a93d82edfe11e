import type { DateFormat } from '@poinciana/campaign-definition';
import type { Position } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { v7 } from 'uuid';
import { FileCheck, FILE_BYTES_MAX, fileProblem, planFields } from '@poinciana/participant-file';
import { uploadInProgress } from '../domain/upload.js';
import { readingOf } from '../domain/upload-reading.js';
import type { FileStore, FileWriter } from '../storage/file-store.js';
import { type NewUpload, UPLOAD_LEASE_MS, type Uploads } from '../storage/uploads.js';
import { keptFileName } from './kept-file-name.js';
import type { ImportTarget, KnownCampaigns } from './known-campaigns.js';
import type { UploadEvents } from './upload-events.js';

/** How often a receiver says that it is still there. */
const KEEP_RECEIVING_MS = UPLOAD_LEASE_MS / 4;

export interface FileToReceive {
  readonly workspace: string;
  readonly campaignId: string;
  readonly actor: string;
  readonly fileName: string;
  readonly dateFormat: DateFormat;
  readonly content: AsyncIterable<Buffer>;
}

export interface ReceivePorts {
  readonly uploads: Uploads;
  readonly files: FileStore;
  readonly campaigns: KnownCampaigns;
  readonly events: UploadEvents;
  readonly clock: Clock;
}

/** Receives a file and checks it on the way (A33): once this has answered, the file will be imported, whatever happens. */
export class ReceiveUpload {
  constructor(
    private readonly ports: ReceivePorts,
    private readonly newUploadId: () => string = v7,
  ) {}

  /** Throws a `DomainError` when the file is refused, with nothing of it left. */
  async receive(file: FileToReceive): Promise<{ readonly uploadId: string; readonly position: Position }> {
    const fileName = keptFileName(file.fileName);
    const { workspace, campaignId, actor } = file;
    const target = await this.ports.campaigns.target(workspace, campaignId);
    const receivedAt = this.ports.clock.now().toISOString();
    const upload = { id: this.newUploadId(), workspace, campaignId, fileName, actor, receivedAt };
    await this.reserve(upload);
    const bytes = await this.store(upload, file, target);
    return { uploadId: upload.id, position: await this.ports.events.received({ ...upload, bytes }) };
  }

  private async reserve(upload: NewUpload): Promise<void> {
    const { reserved, abandoned } = await this.ports.uploads.reserve(upload);
    for (const id of abandoned) await this.ports.files.remove(id);
    if (!reserved) throw uploadInProgress();
  }

  private async store(upload: NewUpload, file: FileToReceive, target: ImportTarget): Promise<number> {
    let writer: FileWriter | undefined;
    try {
      writer = await this.ports.files.create(upload.id);
      const { bytes, reading } = await this.receiveInto(writer, upload, file, target);
      if (!(await this.ports.uploads.received(upload.id, bytes, reading))) throw uploadInProgress();
      return bytes;
    } catch (error) {
      await writer?.discard();
      await this.ports.uploads.refuse(upload.id);
      await this.ports.files.remove(upload.id);
      throw error;
    }
  }

  private async receiveInto(writer: FileWriter, upload: NewUpload, file: FileToReceive, target: ImportTarget) {
    const check = new FileCheck(planFields(target.fields));
    let bytes = 0;
    let toldAt = performance.now();
    for await (const piece of file.content) {
      bytes += piece.length;
      if (bytes > FILE_BYTES_MAX) throw fileProblem('file_too_large');
      await check.read(piece);
      await writer.write(piece);
      if (performance.now() - toldAt < KEEP_RECEIVING_MS) continue;
      toldAt = performance.now();
      if (!(await this.ports.uploads.keepReceiving(upload.id))) throw uploadInProgress();
    }
    const reading = readingOf(await check.end(), target, file.dateFormat);
    await writer.finish();
    return { bytes, reading };
  }
}
