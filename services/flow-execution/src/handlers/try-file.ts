import { DomainError } from '@poinciana/event-sourcing';
import type { DateFormat } from '@poinciana/campaign-definition';
import { planFields } from '@poinciana/participant-file';
import { type FileDryRunResult, FileDryRun, type FileProgress } from '../domain/dry-run/file-dry-run.js';
import type { TrialRequest, TriedOutFlows } from './tried-out-flow.js';

/** How many rows lie between two lines about the progress. */
const PROGRESS_EVERY_ROWS = 10_000;

/** What is told while a file is tried out, one after the other; a refusal in the middle of a file is the last. */
export type FileTrialLine =
  | ({ readonly type: 'progress' } & FileProgress)
  | ({ readonly type: 'result'; readonly at: string } & FileDryRunResult)
  | { readonly type: 'problem'; readonly code: string; readonly detail: string };

/** Decides for every row of a file what a flow would do, and counts it. Nothing of the file is kept. */
export class TryFile {
  constructor(private readonly flows: TriedOutFlows) {}

  /** Refuses at once what is wrong with the request; what is wrong with the file is told as its last line. */
  async execute(
    workspaceId: string,
    campaignId: string,
    request: TrialRequest & { readonly dateFormat?: DateFormat | undefined },
    file: AsyncIterable<Buffer>,
  ): Promise<AsyncIterable<FileTrialLine>> {
    const { terms, campaign } = await this.flows.prepare(workspaceId, campaignId, request);
    const { dateFormat } = request;
    const rules = { zone: terms.workspaceZone, ...(dateFormat === undefined ? {} : { dateFormat }) };
    return linesOf(new FileDryRun(planFields(campaign.fields), rules, terms), file, terms.at);
  }
}

async function* linesOf(trial: FileDryRun, file: AsyncIterable<Buffer>, at: string): AsyncGenerator<FileTrialLine> {
  try {
    let told = 0;
    for await (const bytes of file) {
      const progress = await trial.read(bytes);
      if (progress.rows < told + PROGRESS_EVERY_ROWS) continue;
      told = progress.rows;
      yield { type: 'progress', ...progress };
    }
    yield { type: 'result', at, ...(await trial.end()) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    yield { type: 'problem', code: error.code, detail: error.message };
  }
}
