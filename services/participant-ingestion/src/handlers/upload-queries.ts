import { DomainError } from '@poinciana/event-sourcing';
import { PROBLEMS_HEADER, problemsLine } from '../domain/csv/problems-file.js';
import { OBJECT_ID, TIME_ZONE } from '@poinciana/participant-file';
import type { Reverts, UploadsRevert } from '../storage/reverts.js';
import type {
  ProblemGroup,
  Severity,
  UploadIdentity,
  UploadRecord,
  Uploads,
  UploadTotals,
} from '../storage/uploads.js';
import type { KnownCampaigns } from './known-campaigns.js';

/** An upload, and its revert if somebody asked for one. */
export interface ShownUpload extends UploadRecord {
  readonly revert?: UploadsRevert;
}

export interface UploadPage {
  readonly uploads: readonly ShownUpload[];
  readonly totals: UploadTotals;
}

/** What can be asked about the uploads of a campaign. All throw a `DomainError` for what is not in the workspace. */
export class UploadQueries {
  constructor(
    private readonly uploads: Uploads,
    private readonly reverts: Reverts,
    private readonly campaigns: KnownCampaigns,
  ) {}

  async list(workspace: string, campaignId: string, limit: number, after: string | undefined): Promise<UploadPage> {
    await this.campaigns.assertKnown(workspace, campaignId);
    const records = await this.uploads.list(workspace, campaignId, limit, after);
    const uploads = await this.withReverts(workspace, records);
    return { uploads, totals: await this.uploads.totals(workspace, campaignId) };
  }

  async find(upload: UploadIdentity): Promise<ShownUpload> {
    const record = await this.uploads.find(upload);
    const [shown] = record === undefined ? [] : await this.withReverts(upload.workspace, [record]);
    if (shown === undefined) throw new DomainError('upload_not_found', 'There is no such upload.', 'notFound');
    return shown;
  }

  async problemGroups(upload: UploadIdentity, severity: Severity): Promise<readonly ProblemGroup[]> {
    await this.find(upload);
    return this.uploads.problemGroups(upload.id, severity);
  }

  /** Asks an upload to end early (A48). Throws a `DomainError` where nothing is under way any more. */
  async cancel(upload: UploadIdentity): Promise<ShownUpload> {
    await this.find(upload);
    if (!(await this.uploads.cancel(upload)))
      throw new DomainError('upload_ended', 'The upload has ended already.', 'conflict');
    return this.find(upload);
  }

  /** The header of a file that this campaign takes, ready to be filled in. */
  async template(workspace: string, campaignId: string): Promise<string> {
    const { fields } = await this.campaigns.target(workspace, campaignId);
    const names = fields.filter((field) => field.import).map(({ name }) => name);
    return `${[...names, OBJECT_ID, TIME_ZONE].join(',')}\r\n`;
  }

  /** The report of errors or warnings, page by page, whatever its size. */
  async problemsFile(upload: UploadIdentity, severity: Severity): Promise<AsyncIterable<string>> {
    await this.find(upload);
    return this.problemsPages(upload.id, severity);
  }

  /** Only what has ended can have been reverted. */
  private async withReverts(workspace: string, records: readonly UploadRecord[]): Promise<readonly ShownUpload[]> {
    const ended = records.filter(({ state }) => state === 'completed');
    const reverts = await this.reverts.ofUploads(
      workspace,
      ended.map(({ id }) => id),
    );
    return records.map((record) => {
      const revert = reverts.get(record.id);
      return revert === undefined ? record : { ...record, revert };
    });
  }

  private async *problemsPages(id: string, severity: Severity): AsyncGenerator<string> {
    yield PROBLEMS_HEADER;
    let after = { row: 0, ordinal: 0 };
    for (;;) {
      const page = await this.uploads.problems(id, severity, after);
      const last = page.at(-1);
      if (last === undefined) return;
      yield page.map(({ row, field, value, code, reason }) => problemsLine([row, field, value, code, reason])).join('');
      after = last;
    }
  }
}
