import type { upload as contract } from '@poinciana/contracts';
import { type Decider, DomainError, type EventOf } from '@poinciana/event-sourcing';

/** A file that is imported into a campaign. */
export interface Upload {
  readonly status: 'none' | 'Processing' | 'Completed' | 'Failed';
  readonly isReverted?: boolean;
}

export type UploadEvent =
  | EventOf<'UploadReceived', contract.UploadReceived>
  | EventOf<'UploadCompleted', contract.UploadCompleted>
  | EventOf<'UploadReverted', contract.UploadReverted>;

export type UploadCommand =
  | { readonly type: 'ReceiveUpload'; readonly upload: contract.Upload }
  | {
      readonly type: 'CompleteUpload';
      readonly upload: contract.Upload;
      readonly counts: contract.UploadCounts;
      /** Why the file as a whole failed, if it did. */
      readonly reason?: string;
    }
  | { readonly type: 'RevertUpload'; readonly upload: contract.Upload; readonly counts: contract.RevertCounts };

export const upload: Decider<UploadCommand, Upload, UploadEvent> = {
  initialState: { status: 'none' },
  decide: (command, state) => {
    switch (command.type) {
      case 'ReceiveUpload':
        return state.status === 'none' ? [{ type: 'UploadReceived', data: { upload: command.upload } }] : [];
      case 'CompleteUpload':
        return state.status === 'Processing' ? [completed(command)] : [];
      case 'RevertUpload':
        assertRevertible(state);
        return [{ type: 'UploadReverted', data: { upload: command.upload, counts: command.counts } }];
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'UploadReceived':
        return { status: 'Processing' };
      case 'UploadCompleted':
        return { status: event.data.status === 'Completed' ? 'Completed' : 'Failed' };
      case 'UploadReverted':
        return { ...state, isReverted: true };
      default:
        return state;
    }
  },
};

/** Any failed row makes the upload Failed ([P]7). */
function completed(command: Extract<UploadCommand, { type: 'CompleteUpload' }>): UploadEvent {
  const { upload: about, counts, reason } = command;
  const sum = counts.created + counts.updated + counts.unchanged + counts.failed;
  if (sum !== counts.rows)
    throw new Error(`The counts of upload ${about.id} do not add up: ${sum} of ${counts.rows} rows`);
  const status = counts.failed > 0 || reason !== undefined ? 'Failed' : 'Completed';
  const data = { upload: about, counts, status };
  return { type: 'UploadCompleted', data: reason === undefined ? data : { ...data, reason } };
}

/** The refusal when a campaign's upload is still under way. */
export function uploadInProgress(): DomainError {
  return new DomainError('upload_in_progress', 'Please wait for the current upload to finish.', 'conflict');
}

/** Only what has ended can be reverted, and once. */
export function assertRevertible({ status, isReverted = false }: Upload): void {
  if (status === 'Processing') throw uploadInProgress();
  if (isReverted) throw new DomainError('upload_reverted', 'The upload was reverted already.', 'conflict');
}
