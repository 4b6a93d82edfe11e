import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import type { DateFormat } from '@poinciana/campaign-definition';
import type { ReceiveParts } from '../handlers/receive-parts.js';
import type { UploadIdentity } from '../storage/uploads.js';

/** Whose request it is and what it is about. */
export interface TusSubject extends UploadIdentity {
  readonly actor: string;
  readonly dateFormat: DateFormat;
}

/** What the protocol's server asks of a store, for one request and within the workspace of its caller. */
export class TusStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'expiration', 'termination'];

  constructor(
    private readonly receiveParts: ReceiveParts,
    private readonly subject: TusSubject,
    private readonly unfinishedMs: number,
  ) {
    super();
  }

  override async create(upload: Upload): Promise<Upload> {
    const { id, workspace, campaignId, actor, dateFormat } = this.subject;
    const about = { id, workspace, campaignId, actor, fileName: upload.metadata?.['filename'] ?? '' };
    await this.receiveParts.begin(about, { bytes: upload.size ?? 0, dateFormat });
    return upload;
  }

  override async getUpload(): Promise<Upload> {
    const { record, parts, storedBytes } = await this.receiveParts.find(this.subject);
    const { id, receivedAt, fileName } = record;
    const metadata = { filename: fileName };
    return new Upload({ id, size: parts.bytes, offset: storedBytes, metadata, creation_date: receivedAt });
  }

  override async write(part: Readable, id: string, atByte: number): Promise<number> {
    // Whoever stops reading leaves the rest where it is: a stream that is destroyed would hide why.
    return this.receiveParts.write(id, atByte, part.iterator({ destroyOnReturn: false }));
  }

  override async remove(id: string): Promise<void> {
    await this.receiveParts.discard(id);
  }

  override getExpiration(): number {
    return this.unfinishedMs;
  }
}
