import type { campaign as contract } from '@poinciana/contracts';
import type { DateFormat } from '@poinciana/campaign-definition';
import { type Cuts, derivedId, type EventStore, InMemoryEventStore, streamName } from '@poinciana/event-sourcing';
import { ownPace, TestClock } from '@poinciana/service-kit';
import { type FieldPlan, planFields, readItem } from '@poinciana/participant-file';
import { originsOfDoor } from '../src/domain/item-origin.js';
import type { ItemBatch } from '../src/handlers/item-batch.js';
import { ForgetOld } from '../src/handlers/forget-old.js';
import { UploadFiles } from '../src/handlers/upload-files.js';
import { UploadQueries } from '../src/handlers/upload-queries.js';
import { ImportUpload } from '../src/handlers/import-upload.js';
import type { StopSignal } from '../src/handlers/lease-lost.js';
import { RevertUpload } from '../src/handlers/revert-upload.js';
import { RunRevert } from '../src/handlers/run-revert.js';
import { KnownCampaigns } from '../src/handlers/known-campaigns.js';
import { CheckUpload } from '../src/handlers/check-upload.js';
import { ReceiveParts } from '../src/handlers/receive-parts.js';
import { ReceiveUpload } from '../src/handlers/receive-upload.js';
import { ResolveCustomers } from '../src/handlers/resolve-customers.js';
import { UploadEvents } from '../src/handlers/upload-events.js';
import { CreatedParticipants } from '../src/handlers/created-participants.js';
import { EraseCustomer } from '../src/handlers/erase-customer.js';
import { KnownPeople } from '../src/handlers/known-people.js';
import { OnCustomersErased } from '../src/handlers/on-customers-erased.js';
import { OnFlowRuns } from '../src/handlers/on-flow-runs.js';
import { OnProfileChanges } from '../src/handlers/on-profile-changes.js';
import { ProfileFollowers } from '../src/handlers/profile-followers.js';
import { UpsertParticipants } from '../src/handlers/upsert-participants.js';
import type { IdentityKeys } from '../src/storage/identity-keys.js';
import type { CustomerParticipants } from '../src/storage/customer-participants.js';
import { InMemoryCustomerParticipants } from '../src/storage/in-memory-customer-participants.js';
import { InMemoryFileStore } from '../src/storage/in-memory-file-store.js';
import { InMemoryIdentityKeys } from '../src/storage/in-memory-identity-keys.js';
import { InMemoryRequestAnswers } from '../src/storage/in-memory-request-answers.js';
import { InMemoryReverts } from '../src/storage/in-memory-reverts.js';
import { InMemoryUploads } from '../src/storage/in-memory-uploads.js';

export const WORKSPACE = '11111111-1111-4111-8111-111111111111';
export const OTHER_WORKSPACE = '22222222-2222-4222-8222-222222222222';
export const CAMPAIGN = 'aaaaaaaa-0000-4000-8000-000000000001';
export const NOON = '2026-06-01T12:00:00.000Z';
const CAUSE = 'cccccccc-0000-4000-8000-000000000001';

export function field(name: string, type = 'string', other: Partial<contract.Field> = {}): contract.Field {
  const rest = {
    title: name,
    description: '',
    level: 'participant',
    import: true,
    required: false,
    locked: false,
    enumerationValues: [],
  };
  return { name, type, ...rest, ...other };
}

const systemField = (name: string, type = 'string') => field(name, type, { level: 'customer', locked: true });

export const FIELDS: readonly contract.Field[] = [
  systemField('external_id'),
  systemField('name'),
  systemField('email', 'email'),
  systemField('phone', 'phone'),
  systemField('telegram_id'),
  systemField('telegram_username'),
  systemField('whatsapp_id'),
  systemField('web_id'),
  field('due_date', 'date'),
  field('amount', 'numeric'),
  field('visit', 'datetime'),
  field('is_payment_received', 'boolean'),
  field('secret_note', 'string', { import: false }),
];
export const PLAN: FieldPlan = planFields(FIELDS);

/** Values by field name; `object_id` and `timezone` as in a file. */
export type Row = Readonly<Record<string, unknown>>;

export interface BatchOptions {
  readonly cause?: string;
  readonly door?: 'upload' | 'api';
  readonly mayBeRepeated?: boolean;
  readonly plan?: FieldPlan;
  readonly campaignId?: string;
  readonly firstNumber?: number;
}

/** A batch as a door makes it of rows. */
export function batchOf(rows: readonly Row[], options: BatchOptions = {}): ItemBatch {
  const {
    cause = CAUSE,
    door = 'upload',
    mayBeRepeated = false,
    plan = PLAN,
    campaignId = CAMPAIGN,
    firstNumber = 2,
  } = options;
  const items = rows.map((row, index) =>
    readItem(
      {
        number: firstNumber + index,
        fields: plan.importable,
        values: plan.importable.map(({ name }) => row[name]),
        objectId: row['object_id'],
        timeZone: row['timezone'],
      },
      { zone: 'Europe/Berlin' },
    ),
  );
  const origins = originsOfDoor({
    door,
    cause,
    causation: CAUSE,
    actor: 'user:test',
    ...(door === 'upload' ? { uploadId: CAUSE } : {}),
  });
  return { workspace: WORKSPACE, campaignId, plan, zone: 'Europe/Berlin', items, origins, mayBeRepeated };
}

/** Ids that count: the same for the same calls. */
export function countedIds(prefix = 'dddddddd'): () => string {
  let count = 0;
  return () => `${prefix}-0000-4000-8000-${(count += 1).toString(16).padStart(12, '0')}`;
}

export function ingestion(
  store: EventStore = new InMemoryEventStore(),
  keys: IdentityKeys = new InMemoryIdentityKeys(),
  cuts?: Cuts,
  participants: CustomerParticipants = new InMemoryCustomerParticipants(cuts),
) {
  const clock = new TestClock(new Date(NOON));
  const campaigns = new KnownCampaigns(store);
  const followers = new ProfileFollowers(store, participants, campaigns, clock);
  const resolveCustomers = new ResolveCustomers(keys, countedIds());
  const people = new KnownPeople(store);
  const eraseCustomer = new EraseCustomer({ store, people, participants, identityKeys: keys, clock });
  const created = new CreatedParticipants({ store, participants, followers, eraseCustomer });
  const upserts = new UpsertParticipants({ store, resolveCustomers, created, clock });
  const onFlowRuns = new OnFlowRuns(campaigns, resolveCustomers, upserts);
  const onProfileChanges = new OnProfileChanges(followers);
  const onCustomersErased = new OnCustomersErased(eraseCustomer);
  const policies = { onFlowRuns, onProfileChanges, onCustomersErased };
  return { store, keys, clock, participants, campaigns, people, resolveCustomers, upserts, eraseCustomer, ...policies };
}

/** The whole log without what depends on the order of attempts. */
export async function logOf(store: EventStore) {
  return store.readLog({ shard: 0, number: 0 }, 10_000);
}

/** Puts a campaign with the fields of these tests into the log, as campaign-config would. */
export async function writeCampaign(
  store: EventStore,
  campaign: { readonly id?: string; readonly workspace?: string; readonly fields?: readonly contract.Field[] } = {},
): Promise<void> {
  const { id = CAMPAIGN, workspace = WORKSPACE, fields = FIELDS } = campaign;
  const about = { id, name: 'Payment reminder', description: '', kind: 'flow', status: 'Inactive' };
  const context = { workspace, key: id, time: NOON, causation: id, correlation: id, actor: 'user:test', hop: 0 };
  const event = {
    ...context,
    id: derivedId(id, 'created'),
    type: 'CampaignCreated',
    data: { campaign: about, fields },
  };
  await store.append([{ stream: streamName('campaign', id), expectedRevision: -1, events: [event] }]);
}

export async function deleteCampaign(store: EventStore, id = CAMPAIGN, workspace = WORKSPACE): Promise<void> {
  const about = { id, name: 'Payment reminder', description: '', kind: 'flow', status: 'Inactive' };
  const context = { workspace, key: id, time: NOON, causation: id, correlation: id, actor: 'user:test', hop: 0 };
  const event = { ...context, id: derivedId(id, 'deleted'), type: 'CampaignDeleted', data: { campaign: about } };
  const [last] = await store.readLast([streamName('campaign', id)]);
  await store.append([{ stream: streamName('campaign', id), expectedRevision: last?.revision ?? -1, events: [event] }]);
}

export const UPLOADS_KEPT_MS = 86_400_000;

/** The whole service on twins, as two processes could share them. */
export function uploadService(options: { readonly cuts?: Cuts; readonly pieceBytes?: number } = {}) {
  const { cuts, pieceBytes } = options;
  let nowMs = 0;
  const store = new InMemoryEventStore(cuts);
  const uploads = new InMemoryUploads(() => nowMs, cuts);
  const files = new InMemoryFileStore(cuts, pieceBytes);
  const clock = new TestClock(new Date(NOON));
  const people = ingestion(store, new InMemoryIdentityKeys(cuts), cuts);
  const { upserts } = people;
  const campaigns = new KnownCampaigns(store);
  const events = new UploadEvents(store, clock);
  const receiveUpload = new ReceiveUpload({ uploads, files, campaigns, events, clock }, countedIds('eeeeeeee'));
  const importUpload = new ImportUpload({ uploads, files, campaigns, upserts, events, clock, pace: ownPace });
  const checkUpload = new CheckUpload({ uploads, files, campaigns, events, clock });
  const answers = new InMemoryRequestAnswers(cuts, () => nowMs);
  const reverts = new InMemoryReverts(() => nowMs, cuts);
  const queries = new UploadQueries(uploads, reverts, campaigns);
  const runRevert = new RunRevert({ store, reverts, uploads, campaigns, events, clock, pace: ownPace });
  const keep = { uploadsMs: UPLOADS_KEPT_MS, unfinishedMs: UPLOADS_KEPT_MS, answersMs: UPLOADS_KEPT_MS };
  return {
    store,
    uploads,
    files,
    people,
    upserts,
    importUpload,
    receiveParts: new ReceiveParts({ uploads, files, campaigns, clock }),
    /** Checks what there is to check, as the worker does. */
    checkNext: async (holder = 'one', stop: StopSignal = { aborted: false }) => {
      const task = await uploads.takeUnchecked(holder);
      if (task !== undefined) await checkUpload.run(task, stop);
      return task !== undefined;
    },
    queries,
    reverts,
    revertUpload: new RevertUpload({ store, reverts, queries, campaigns, clock }),
    uploadFiles: new UploadFiles(queries, uploads, files),
    forgetOld: new ForgetOld(uploads, files, answers, keep),
    whenAppended: (listener: () => void) => store.onAppended(listener),
    passTime: (ms: number) => void (nowMs += ms),
    receive: (text: string | Buffer, other: { fileName?: string; workspace?: string; dateFormat?: DateFormat } = {}) =>
      receiveUpload.receive({
        workspace: WORKSPACE,
        campaignId: CAMPAIGN,
        actor: 'user:test',
        fileName: 'people.csv',
        dateFormat: 'YYYY-MM-DD',
        content: pieces(Buffer.from(text), pieceBytes ?? 7),
        ...other,
      }),
    /** Takes what there is to import, as the worker does. False when there was nothing. */
    importNext: async (holder = 'one', stop: StopSignal = { aborted: false }) => {
      const task = await uploads.takeTask(holder);
      if (task !== undefined) await importUpload.run(task, stop);
      return task !== undefined;
    },
    /** Works on what there is to revert, as the worker does. */
    revertNext: async (holder = 'one', stop: StopSignal = { aborted: false }) => {
      const task = await reverts.takeTask(holder);
      if (task !== undefined) await runRevert.run(task, stop);
      return task !== undefined;
    },
  };
}

async function* pieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
