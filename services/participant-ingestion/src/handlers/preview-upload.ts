import type { DateFormat } from '@poinciana/campaign-definition';
import {
  assertCsvName,
  type FilePreview,
  type FileStart,
  PREVIEW_BYTES_MAX,
  previewFile,
} from '@poinciana/participant-file';
import type { KnownCampaigns } from './known-campaigns.js';

export interface FileToPreview {
  readonly workspace: string;
  readonly campaignId: string;
  readonly fileName: string;
  readonly dateFormat: DateFormat;
  readonly content: AsyncIterable<Buffer>;
}

/** Says what an import would make of a file, by its beginning. Stores nothing. */
export class PreviewUpload {
  constructor(private readonly campaigns: KnownCampaigns) {}

  /** Throws a `DomainError` for a campaign that is not there, or a file that is no CSV by its name. */
  async execute(file: FileToPreview): Promise<FilePreview> {
    assertCsvName(file.fileName);
    const { fields, zone } = await this.campaigns.target(file.workspace, file.campaignId);
    return previewFile(await startOf(file.content), fields, { zone, dateFormat: file.dateFormat });
  }
}

async function startOf(content: AsyncIterable<Buffer>): Promise<FileStart> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of content) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > PREVIEW_BYTES_MAX) break;
  }
  return { start: Buffer.concat(pieces).subarray(0, PREVIEW_BYTES_MAX), isWhole: bytes <= PREVIEW_BYTES_MAX };
}
