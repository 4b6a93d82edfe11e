import {
  type DynamicModule,
  Inject,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import type { Clock, ServicePorts } from '@poinciana/service-kit';
import { InboundDoor } from './consumers/inbound-door.js';
import { PoliciesConsumer } from './consumers/policies.consumer.js';
import type { EventStore } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { AddParticipants } from './handlers/add-participants.js';
import { type CheckPorts, CheckUpload } from './handlers/check-upload.js';
import { CreatedParticipants } from './handlers/created-participants.js';
import { CustomerQueries } from './handlers/customer-queries.js';
import { DeleteParticipant } from './handlers/delete-participant.js';
import { EditCustomer } from './handlers/edit-customer.js';
import { EditParticipant } from './handlers/edit-participant.js';
import { EraseCustomer } from './handlers/erase-customer.js';
import { KnownPeople } from './handlers/known-people.js';
import { OnCustomersErased } from './handlers/on-customers-erased.js';
import { ImportInbound } from './handlers/import-inbound.js';
import { ForgetOld } from './handlers/forget-old.js';
import { ForgetWorker } from './handlers/forget-worker.js';
import { type ImportPorts, ImportUpload } from './handlers/import-upload.js';
import { KnownCampaigns } from './handlers/known-campaigns.js';
import { OnFlowRuns } from './handlers/on-flow-runs.js';
import { OnProfileChanges } from './handlers/on-profile-changes.js';
import { PreviewUpload } from './handlers/preview-upload.js';
import { ProfileFollowers } from './handlers/profile-followers.js';
import { ReceiveParts } from './handlers/receive-parts.js';
import { ReceiveUpload } from './handlers/receive-upload.js';
import { ResolveCustomers } from './handlers/resolve-customers.js';
import { RevertUpload } from './handlers/revert-upload.js';
import { type RevertPorts, RunRevert } from './handlers/run-revert.js';
import { StreamParticipants } from './handlers/stream-participants.js';
import { UploadEvents } from './handlers/upload-events.js';
import { UploadFiles } from './handlers/upload-files.js';
import { UploadQueries } from './handlers/upload-queries.js';
import { taking, UploadWorker } from './handlers/upload-worker.js';
import { UpsertParticipants } from './handlers/upsert-participants.js';
import { WatchUploads } from './handlers/watch-uploads.js';
import { CustomersController } from './http/customers.controller.js';
import { HttpDoors } from './http/http-doors.js';
import { ParticipantStreamController } from './http/participant-stream.controller.js';
import { ParticipantsController } from './http/participants.controller.js';
import { ResumableUploadsController } from './http/resumable-uploads.controller.js';
import { RevertsController } from './http/reverts.controller.js';
import { TusRequests } from './http/tus-requests.js';
import { UploadFilesController } from './http/upload-files.controller.js';
import { UploadPreviewsController } from './http/upload-previews.controller.js';
import { UploadProgressController } from './http/upload-progress.controller.js';
import { UploadsController } from './http/uploads.controller.js';
import type { IngestionSettings } from './settings.js';
import { FolderFileStore } from './storage/folder-file-store.js';
import { PostgresCustomerParticipants } from './storage/postgres-customer-participants.js';
import { PostgresIdentityKeys } from './storage/postgres-identity-keys.js';
import { PostgresRecordCheckpoints } from './storage/postgres-record-checkpoints.js';
import { PostgresRequestAnswers } from './storage/postgres-request-answers.js';
import { PostgresReverts } from './storage/postgres-reverts.js';
import { PostgresUploads } from './storage/postgres-uploads.js';
import type { RevertTask } from './storage/reverts.js';
import type { CheckTask, ImportTask } from './storage/uploads.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class ParticipantIngestionModule implements OnApplicationBootstrap, OnModuleDestroy {
  static of(ports: ServicePorts<IngestionSettings>): DynamicModule {
    const { eventStore, pool, clock, settings, pace } = ports;
    const uploads = new PostgresUploads(pool);
    const files = new FolderFileStore(settings.filesFolder);
    const { campaigns, upserts, providers } = peopleOf(eventStore, pool, clock);
    const events = new UploadEvents(eventStore, clock);
    const logger = new Logger('uploads');
    const reverts = new PostgresReverts(pool);
    const kinds = kindsOfWork({ uploads, files, reverts, campaigns, upserts, events, store: eventStore, clock, pace });
    const worker = new UploadWorker(kinds, (uploadId, error) => {
      logger.error(error instanceof Error ? error : new Error('Work on an upload was interrupted'), uploadId);
    });
    const openInbound = () =>
      InboundDoor.of(ports, new ImportInbound(campaigns, upserts), new PostgresRecordCheckpoints(pool));
    const queries = new UploadQueries(uploads, reverts, campaigns);
    const revertUpload = new RevertUpload({ store: eventStore, reverts, queries, campaigns, clock });
    const answers = new PostgresRequestAnswers(pool);
    const unfinishedMs = settings.keepUnfinishedHours * HOUR_MS;
    const forgetOld = new ForgetOld(uploads, files, answers, {
      uploadsMs: settings.keepUploadsDays * DAY_MS,
      unfinishedMs,
      answersMs: settings.keepAnswersHours * HOUR_MS,
    });
    const receiveParts = new ReceiveParts({ uploads, files, campaigns, clock });
    const tus = new TusRequests({ receiveParts, unfinishedMs, onReceived: () => worker.wake() });
    const forgetWorker = new ForgetWorker(forgetOld, (error) => {
      logger.error(error instanceof Error ? error : new Error('Removing what is too old failed'));
    });
    return {
      module: ParticipantIngestionModule,
      controllers: [
        ParticipantsController,
        ParticipantStreamController,
        CustomersController,
        UploadsController,
        ResumableUploadsController,
        UploadFilesController,
        UploadPreviewsController,
        UploadProgressController,
        RevertsController,
        PoliciesConsumer,
      ],
      providers: [
        HttpDoors,
        ...providers,
        { provide: ReceiveUpload, useValue: new ReceiveUpload({ uploads, files, campaigns, events, clock }) },
        { provide: TusRequests, useValue: tus },
        { provide: StreamParticipants, useValue: new StreamParticipants(campaigns, upserts, answers, pace) },
        { provide: PreviewUpload, useValue: new PreviewUpload(campaigns) },
        { provide: UploadQueries, useValue: queries },
        { provide: RevertUpload, useValue: revertUpload },
        { provide: WatchUploads, useValue: new WatchUploads(queries) },
        { provide: UploadFiles, useValue: new UploadFiles(queries, uploads, files) },
        { provide: UploadWorker, useValue: worker },
        ...(settings.inbound ? [{ provide: InboundDoor, useValue: openInbound() }] : []),
        { provide: ForgetWorker, useValue: forgetWorker },
      ],
    };
  }

  constructor(
    @Inject(UploadWorker) private readonly worker: UploadWorker,
    @Inject(ForgetWorker) private readonly forgetWorker: ForgetWorker,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.start();
    this.forgetWorker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.worker.stop(), this.forgetWorker.stop()]);
  }
}

/** What is done about uploads in the background; what is short and waited for goes first. */
function kindsOfWork(ports: CheckPorts & ImportPorts & RevertPorts) {
  const { uploads, reverts } = ports;
  const checkUpload = new CheckUpload(ports);
  const importUpload = new ImportUpload(ports);
  const runRevert = new RunRevert(ports);
  return [
    taking<CheckTask>({
      take: (holder) => uploads.takeUnchecked(holder),
      release: (task, interruption) => uploads.release(task, interruption),
      run: (task, stop) => checkUpload.run(task, stop),
    }),
    taking<ImportTask>({
      take: (holder) => uploads.takeTask(holder),
      release: (task, interruption) => uploads.release(task, interruption),
      run: (task, stop) => importUpload.run(task, stop),
    }),
    taking<RevertTask>({
      take: (holder) => reverts.takeTask(holder),
      release: (task, interruption) => reverts.release(task, interruption),
      run: (task, stop) => runRevert.run(task, stop),
    }),
  ];
}

/** Everything about participants and customers: the one path of all doors, and what goes in and out of it. */
function peopleOf(store: EventStore, pool: Pool, clock: Clock) {
  const participants = new PostgresCustomerParticipants(pool);
  const identityKeys = new PostgresIdentityKeys(pool);
  const campaigns = new KnownCampaigns(store);
  const people = new KnownPeople(store);
  const resolveCustomers = new ResolveCustomers(identityKeys);
  const followers = new ProfileFollowers(store, participants, campaigns, clock);
  const eraseCustomer = new EraseCustomer({ store, people, participants, identityKeys, clock });
  const created = new CreatedParticipants({ store, participants, followers, eraseCustomer });
  const upserts = new UpsertParticipants({ store, resolveCustomers, created, clock });
  const editCustomer = new EditCustomer({ store, campaigns, people, participants, resolveCustomers, clock });
  const editParticipant = new EditParticipant(campaigns, people, resolveCustomers, upserts);
  const providers: Provider[] = [
    { provide: OnFlowRuns, useValue: new OnFlowRuns(campaigns, resolveCustomers, upserts) },
    { provide: OnProfileChanges, useValue: new OnProfileChanges(followers) },
    { provide: OnCustomersErased, useValue: new OnCustomersErased(eraseCustomer) },
    { provide: AddParticipants, useValue: new AddParticipants(campaigns, upserts, new PostgresRequestAnswers(pool)) },
    { provide: EditParticipant, useValue: editParticipant },
    { provide: DeleteParticipant, useValue: new DeleteParticipant(store, people, clock) },
    { provide: CustomerQueries, useValue: new CustomerQueries(people, participants, identityKeys) },
    { provide: EditCustomer, useValue: editCustomer },
    { provide: EraseCustomer, useValue: eraseCustomer },
  ];
  return { campaigns, upserts, providers };
}
