import { DomainError, type EventStore, readStream, streamName } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { assertRevertible, upload, type UploadEvent, uploadInProgress } from '../domain/upload.js';
import type { LeftReason } from '../domain/undo.js';
import type { LeftEntry } from '../domain/revert-progress.js';
import type { LeftPlace, RevertIdentity, RevertRecord, Reverts } from '../storage/reverts.js';
import { evolveStored } from './batch-stream.js';
import type { KnownCampaigns } from './known-campaigns.js';
import type { UploadQueries } from './upload-queries.js';

export interface RevertState {
  readonly record: RevertRecord;
  readonly leftByReason: Readonly<Partial<Record<LeftReason, number>>>;
}

export interface RevertUploadPorts {
  readonly store: EventStore;
  readonly reverts: Reverts;
  readonly queries: UploadQueries;
  readonly campaigns: KnownCampaigns;
  readonly clock: Clock;
}

/** Reverts of uploads and previews of them: asks for one, and tells how it gets on. */
export class RevertUpload {
  constructor(private readonly ports: RevertUploadPorts) {}

  /** Asking again while it is under way changes nothing. Throws a `DomainError` for what cannot be reverted. */
  async begin(revert: RevertIdentity, actor: string): Promise<RevertState> {
    const { workspace, campaignId } = revert;
    await this.ports.campaigns.target(workspace, campaignId);
    await this.ports.queries.find(revert);
    const place = await this.placeInLog(revert.id);
    await this.ports.reverts.begin({ ...revert, ...place, actor, begunAt: this.ports.clock.now().toISOString() });
    return this.find(revert);
  }

  async find(revert: RevertIdentity): Promise<RevertState> {
    const record = await this.ports.reverts.find(revert);
    if (record === undefined)
      throw new DomainError('revert_not_found', 'Nobody asked to revert this upload.', 'notFound');
    return { record, leftByReason: await this.ports.reverts.leftByReason(revert) };
  }

  async left(revert: RevertIdentity, limit: number, after: LeftPlace | undefined): Promise<readonly LeftEntry[]> {
    await this.find(revert);
    return this.ports.reverts.left(revert, limit, after);
  }

  /** Between which positions the upload was imported. */
  private async placeInLog(uploadId: string) {
    const events = await readStream(this.ports.store, streamName('upload', uploadId));
    assertRevertible(events.reduce((state, event) => evolveStored(upload, state, event), upload.initialState));
    const positionOf = (type: UploadEvent['type']) => events.find((event) => event.type === type)?.position;
    const [received, completed] = [positionOf('UploadReceived'), positionOf('UploadCompleted')];
    if (received === undefined || completed === undefined) throw uploadInProgress();
    return { shard: received.shard, fromNumber: received.number, toNumber: completed.number };
  }
}
