import { derivedId, NO_STREAM, type StoredEvent } from '@poinciana/event-sourcing';
import type { StreamReader } from './batch-stream.js';
import { uploadCommandId } from './upload-events.js';

interface Undoing {
  take(event: StoredEvent, isUploads: boolean): void;
}

/** A stream to which an upload wrote, read whole: what is to be undone there, and whether that was done already. */
export class UndoneStream<Undo extends Undoing> implements StreamReader {
  /** What the revert appends here has this id. */
  readonly ownId: string;
  /** What the revert appended, if it did. What follows on it does not count. */
  own: StoredEvent | undefined;
  /** The upload's first event here. */
  first: StoredEvent | undefined;
  last: StoredEvent | undefined;

  constructor(
    readonly stream: string,
    readonly id: string,
    readonly undo: Undo,
    private readonly uploadId: string,
  ) {
    this.ownId = derivedId(uploadCommandId(uploadId, 'RevertUpload'), stream);
  }

  take(event: StoredEvent): void {
    this.last = event;
    if (event.id === this.ownId) this.own = event;
    if (this.own !== undefined) return;
    const isUploads = isEventOf(this.uploadId, event);
    if (isUploads) this.first ??= event;
    this.undo.take(event, isUploads);
  }

  get revision(): number {
    return this.last?.revision ?? NO_STREAM;
  }
}

/** Whether an event about a person was written by the import of an upload. */
export function isEventOf(uploadId: string, { causation }: StoredEvent): boolean {
  return causation === uploadCommandId(uploadId, 'ReceiveUpload');
}
