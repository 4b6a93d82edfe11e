import { DomainError } from '@poinciana/event-sourcing';
import { FILE_BYTES_MAX, fileProblem } from '@poinciana/participant-file';
import type { Clock } from '@poinciana/service-kit';
import { uploadInProgress } from '../domain/upload.js';
import { FileMissing, type FileStore, type FileWriter } from '../storage/file-store.js';
import {
  type NewUpload,
  UPLOAD_LEASE_MS,
  type UploadIdentity,
  type UploadRecord,
  type Uploads,
  type UploadParts,
} from '../storage/uploads.js';
import { keptFileName } from './kept-file-name.js';
import type { KnownCampaigns } from './known-campaigns.js';

/** How often a receiver says that it is still there. */
const KEEP_RECEIVING_MS = UPLOAD_LEASE_MS / 4;

export interface ReceivePartsPorts {
  readonly uploads: Uploads;
  readonly files: FileStore;
  readonly campaigns: KnownCampaigns;
  readonly clock: Clock;
}

/** A file of which so many bytes are stored. */
export interface PartlyReceived {
  readonly record: UploadRecord;
  readonly parts: UploadParts;
  readonly storedBytes: number;
}

/**
 * Receives a file part by part, over any number of connections and processes. When it is whole it is checked and imported in
 * the background, whatever becomes of the sender. As any upload it takes the campaign's place; a sender who is silent for
 * long gives way to another upload.
 */
export class ReceiveParts {
  constructor(private readonly ports: ReceivePartsPorts) {}

  /** Throws a `DomainError` when such a file is refused. */
  async begin(upload: Omit<NewUpload, 'receivedAt'>, parts: UploadParts): Promise<void> {
    const fileName = keptFileName(upload.fileName);
    if (parts.bytes > FILE_BYTES_MAX) throw fileProblem('file_too_large');
    await this.ports.campaigns.target(upload.workspace, upload.campaignId);
    const receivedAt = this.ports.clock.now().toISOString();
    const { reserved, abandoned } = await this.ports.uploads.reserve({ ...upload, fileName, receivedAt, parts });
    for (const id of abandoned) await this.ports.files.remove(id);
    if (!reserved) throw uploadInProgress();
    await (await this.ports.files.create(upload.id)).suspend();
  }

  /** Throws a `DomainError` for what is not in the workspace, did not come in parts, or gave way to another. */
  async find(upload: UploadIdentity): Promise<PartlyReceived> {
    const record = await this.ports.uploads.find(upload);
    if (record?.parts === undefined) throw uploadNotFound();
    const { parts } = record;
    if (record.state !== 'receiving') return { record, parts, storedBytes: record.bytes };
    const storedBytes = await this.storedBytes(upload.id);
    // Whoever stored the last byte may have died before it could say so.
    if (storedBytes === parts.bytes) await this.finish(upload.id, parts.bytes);
    return { record, parts, storedBytes };
  }

  /** Stores a part behind the bytes that are there, and answers how many there are then. What arrived of a part that breaks off stays. */
  async write(id: string, atByte: number, part: AsyncIterable<Buffer>): Promise<number> {
    if (!(await this.ports.uploads.keepReceiving(id))) throw uploadNotFound();
    const writer = await this.resume(id, atByte);
    const storedBytes = await this.writeInto(writer, id, atByte, part).catch(async (error: unknown) => {
      // Why the part broke off is what counts, not that its rest could not be kept.
      await writer.suspend().catch(() => undefined);
      throw error;
    });
    await writer.suspend();
    return storedBytes;
  }

  private async writeInto(
    writer: FileWriter,
    id: string,
    atByte: number,
    part: AsyncIterable<Buffer>,
  ): Promise<number> {
    let storedBytes = atByte;
    let toldAt = performance.now();
    for await (const piece of part) {
      await writer.write(piece);
      storedBytes += piece.length;
      if (performance.now() - toldAt < KEEP_RECEIVING_MS) continue;
      toldAt = performance.now();
      if (!(await this.ports.uploads.keepReceiving(id))) throw uploadNotFound();
    }
    return storedBytes;
  }

  /** All bytes are there. */
  async finish(id: string, bytes: number): Promise<void> {
    await this.ports.files
      .resume(id, bytes)
      .then((writer) => writer.finish())
      .catch((error: unknown) => this.orFinished(id, error));
    await this.ports.uploads.receivedInParts(id);
  }

  /** The sender wants it no longer. */
  async discard(id: string): Promise<void> {
    await this.ports.uploads.refuse(id);
    await this.ports.files.remove(id);
  }

  private async resume(id: string, atByte: number): Promise<FileWriter> {
    return this.ports.files.resume(id, atByte).catch(orNotFound);
  }

  private async storedBytes(id: string): Promise<number> {
    return this.ports.files.storedBytes(id).catch(orNotFound);
  }

  private async orFinished(id: string, error: unknown): Promise<void> {
    if (!(error instanceof FileMissing)) throw error;
    await this.storedBytes(id);
  }
}

function orNotFound(error: unknown): never {
  throw error instanceof FileMissing ? uploadNotFound() : error;
}

function uploadNotFound(): DomainError {
  return new DomainError('upload_not_found', 'There is no such upload.', 'notFound');
}
