import type { upload as contract } from '@poinciana/contracts';
import { derivedId, type EventStore, executeCommand, type Position, streamName } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { upload, type UploadCommand } from '../domain/upload.js';
import type { NewUpload } from '../storage/uploads.js';

/** An upload as its stream names it. */
export interface UploadSubject extends NewUpload {
  readonly bytes: number;
}

/** What happened to uploads, in their streams. Saying it again changes nothing. */
export class UploadEvents {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  received(subject: UploadSubject): Promise<Position> {
    return this.execute(subject, { type: 'ReceiveUpload', upload: describe(subject) });
  }

  completed(subject: UploadSubject, counts: contract.UploadCounts, reason?: string): Promise<Position> {
    const command = { type: 'CompleteUpload', upload: describe(subject), counts } as const;
    return this.execute(subject, reason === undefined ? command : { ...command, reason });
  }

  reverted(subject: UploadSubject, counts: contract.RevertCounts): Promise<Position> {
    return this.execute(subject, { type: 'RevertUpload', upload: describe(subject), counts });
  }

  private async execute(subject: UploadSubject, command: UploadCommand): Promise<Position> {
    const commandId = uploadCommandId(subject.id, command.type);
    const { workspace, campaignId: key, actor } = subject;
    const time = this.clock.now().toISOString();
    const context = { workspace, key, time, causation: commandId, correlation: subject.id, actor, hop: 0 };
    const { position } = await executeCommand(this.store, upload, {
      stream: streamName('upload', subject.id),
      command,
      context,
      commandId,
    });
    return position;
  }
}

export function uploadCommandId(uploadId: string, type: UploadCommand['type']): string {
  return derivedId(uploadId, type);
}

function describe({ id, campaignId, fileName, bytes }: UploadSubject): contract.Upload {
  return { id, campaignId, fileName, bytes };
}
