import {
  type DynamicModule,
  Inject,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { ServicePorts } from '@poinciana/service-kit';
import { PoliciesConsumer } from './consumers/policies.consumer.js';
import { AddParticipants } from './handlers/add-participants.js';
import { ImportUpload } from './handlers/import-upload.js';
import { KnownCampaigns } from './handlers/known-campaigns.js';
import { OnFlowRuns } from './handlers/on-flow-runs.js';
import { OnProfileChanges } from './handlers/on-profile-changes.js';
import { ProfileFollowers } from './handlers/profile-followers.js';
import { ReceiveUpload } from './handlers/receive-upload.js';
import { ResolveCustomers } from './handlers/resolve-customers.js';
import { UploadEvents } from './handlers/upload-events.js';
import { UploadQueries } from './handlers/upload-queries.js';
import { UploadWorker } from './handlers/upload-worker.js';
import { UpsertParticipants } from './handlers/upsert-participants.js';
import { HttpDoors } from './http/http-doors.js';
import { ParticipantsController } from './http/participants.controller.js';
import { UploadsController } from './http/uploads.controller.js';
import type { IngestionSettings } from './settings.js';
import { FolderFileStore } from './storage/folder-file-store.js';
import { PostgresCustomerParticipants } from './storage/postgres-customer-participants.js';
import { PostgresIdentityKeys } from './storage/postgres-identity-keys.js';
import { PostgresRequestAnswers } from './storage/postgres-request-answers.js';
import { PostgresUploads } from './storage/postgres-uploads.js';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class ParticipantIngestionModule implements OnApplicationBootstrap, OnModuleDestroy {
  static of({ eventStore, pool, clock, settings, pace }: ServicePorts<IngestionSettings>): DynamicModule {
    const uploads = new PostgresUploads(pool);
    const files = new FolderFileStore(settings.filesFolder);
    const campaigns = new KnownCampaigns(eventStore);
    const events = new UploadEvents(eventStore, clock);
    const participants = new PostgresCustomerParticipants(pool);
    const followers = new ProfileFollowers(eventStore, participants, campaigns, clock);
    const resolveCustomers = new ResolveCustomers(new PostgresIdentityKeys(pool));
    const upserts = new UpsertParticipants({ store: eventStore, resolveCustomers, participants, followers, clock });
    const importUpload = new ImportUpload({ uploads, files, campaigns, upserts, events, clock, pace });
    const logger = new Logger('uploads');
    const worker = new UploadWorker(uploads, importUpload, (uploadId, error) => {
      logger.error(error instanceof Error ? error : new Error('An import was interrupted'), uploadId);
    });
    return {
      module: ParticipantIngestionModule,
      controllers: [ParticipantsController, UploadsController, PoliciesConsumer],
      providers: [
        HttpDoors,
        { provide: OnFlowRuns, useValue: new OnFlowRuns(campaigns, resolveCustomers, upserts) },
        { provide: OnProfileChanges, useValue: new OnProfileChanges(followers) },
        {
          provide: AddParticipants,
          useValue: new AddParticipants(campaigns, upserts, new PostgresRequestAnswers(pool)),
        },
        { provide: ReceiveUpload, useValue: new ReceiveUpload({ uploads, files, campaigns, events, clock }) },
        { provide: UploadQueries, useValue: new UploadQueries(uploads, campaigns) },
        { provide: UploadWorker, useValue: worker },
      ],
    };
  }

  constructor(@Inject(UploadWorker) private readonly worker: UploadWorker) {}

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker.stop();
  }
}
