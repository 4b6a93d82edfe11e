import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { isHeldByStop, type TimerKind } from '../domain/timer.js';
import type { OpenCommunication, TimerChange } from './open-communication.js';
import {
  Timers,
  type CampaignState,
  type Claim,
  type ClaimedTimer,
  type ClaimRequest,
  type OpenTimer,
  type Release,
} from './timers.js';
import {
  CLAIM,
  DELETE_ENDED,
  NEXT_DUE,
  OPEN_COLUMNS,
  PUT_CAMPAIGNS,
  PUT_LANES,
  RELEASE,
  RENEW,
  UPSERT_OPEN,
} from './timer-statements.js';

/** A row as the database gives it. */
interface TimerRow {
  readonly communication_id: string;
  readonly workspace: string;
  readonly campaign_id: string;
  readonly participant_id: string;
  readonly channel_id: string;
  readonly address_key: string;
  readonly provider_message_id: string | null;
  readonly started_at: Date | null;
  readonly kind: TimerKind;
  readonly due_at: Date;
  readonly fence: number;
  readonly is_claimed: boolean;
}

type Queryable = Pick<Pool | PoolClient, 'query'>;

/** The timer table in the service's own schema. Leases and waits run on the database's clock. */
export class PostgresTimers extends Timers<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(changes: readonly TimerChange[]): StateWrite<PoolClient> {
    return (transaction) => writeChanges(transaction, changes);
  }

  override write(changes: readonly TimerChange[]): Promise<void> {
    return writeChanges(this.pool, changes);
  }

  override putCampaigns(campaigns: readonly CampaignState[]): StateWrite<PoolClient> {
    return (transaction) => writeCampaigns(transaction, campaigns);
  }

  override writeCampaigns(campaigns: readonly CampaignState[]): Promise<void> {
    return writeCampaigns(this.pool, campaigns);
  }

  override async claim({ now, limit, leaseMs, busyChannels }: ClaimRequest): Promise<readonly ClaimedTimer[]> {
    const values = [now, limit, leaseMs, binaryArray.uuid(busyChannels)];
    const { rows } = await this.pool.query<TimerRow>({ name: 'dispatch-claim', text: CLAIM, values });
    return rows.map(({ communication_id, workspace, campaign_id, channel_id, kind, fence }) => ({
      communicationId: communication_id,
      workspace,
      campaignId: campaign_id,
      channelId: channel_id,
      kind,
      fence,
    }));
  }

  override async renew(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>> {
    if (claims.length === 0) return new Set<string>();
    const values = [
      binaryArray.uuid(claims.map(({ communicationId }) => communicationId)),
      binaryArray.int4(claims.map(({ fence }) => fence)),
      leaseMs,
    ];
    const { rows } = await this.pool.query<TimerRow>({ name: 'dispatch-renew', text: RENEW, values });
    return new Set(rows.map(({ communication_id: communicationId }) => communicationId));
  }

  override async release(releases: readonly Release[]): Promise<void> {
    if (releases.length === 0) return;
    await this.pool.query(RELEASE, [
      binaryArray.uuid(releases.map(({ communicationId }) => communicationId)),
      binaryArray.int4(releases.map(({ fence }) => fence)),
      binaryArray.int4(releases.map(({ waitMs }) => Math.ceil(waitMs))),
    ]);
  }

  override async nextDueAt(): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ due_at: Date | null }>({ name: 'dispatch-next-due', text: NEXT_DUE });
    return rows[0]?.due_at?.toISOString();
  }

  override openOfParticipants(participantIds: readonly string[]): Promise<readonly OpenTimer[]> {
    return this.find('participant_id = ANY($1::uuid[])', [binaryArray.uuid(participantIds)]);
  }

  override openAtAddresses(addressKeys: readonly string[]): Promise<readonly OpenTimer[]> {
    return this.find('address_key = ANY($1::uuid[])', [binaryArray.uuid(addressKeys)]);
  }

  override openWithMessages(channelId: string, providerMessageIds: readonly string[]): Promise<readonly OpenTimer[]> {
    return this.find('channel_id = $1 AND provider_message_id = ANY($2::text[])', [
      channelId,
      binaryArray.text(providerMessageIds),
    ]);
  }

  private async find(condition: string, values: unknown[]): Promise<readonly OpenTimer[]> {
    const { rows } = await this.pool.query<TimerRow>(`SELECT ${OPEN_COLUMNS} FROM timer WHERE ${condition}`, values);
    return rows.map(openTimerOf);
  }
}

async function writeChanges(database: Queryable, changes: readonly TimerChange[]): Promise<void> {
  const newest = new Map<string, TimerChange>();
  for (const change of changes) {
    const known = newest.get(change.communicationId);
    if (known === undefined || known.revision <= change.revision) newest.set(change.communicationId, change);
  }
  // In one order everywhere, so that two writers of the same rows wait for each other instead of dying.
  const sorted = [...newest.values()].sort((one, other) => (one.communicationId < other.communicationId ? -1 : 1));
  const open = sorted.flatMap(({ revision, open: row }) => (row === undefined ? [] : [{ row, revision }]));
  if (open.length > 0) {
    await putLanes(
      database,
      open.map(({ row }) => row),
    );
    await database.query({ name: 'dispatch-put-timers', text: UPSERT_OPEN, values: valuesOf(open) });
  }
  const ended = sorted.filter((change) => change.open === undefined);
  if (ended.length > 0) {
    await database.query({
      name: 'dispatch-end-timers',
      text: DELETE_ENDED,
      values: [
        binaryArray.uuid(ended.map(({ communicationId }) => communicationId)),
        binaryArray.int4(ended.map(({ revision }) => revision)),
      ],
    });
  }
}

async function putLanes(database: Queryable, rows: readonly OpenCommunication[]): Promise<void> {
  const lanes = [...new Map(rows.map((row) => [`${row.campaignId} ${row.channelId}`, row])).entries()].sort(
    ([one], [other]) => (one < other ? -1 : 1),
  );
  await database.query({
    name: 'dispatch-put-lanes',
    text: PUT_LANES,
    values: [
      binaryArray.uuid(lanes.map(([, row]) => row.campaignId)),
      binaryArray.uuid(lanes.map(([, row]) => row.channelId)),
    ],
  });
}

function valuesOf(open: readonly { readonly row: OpenCommunication; readonly revision: number }[]): Buffer[] {
  const rows = open.map(({ row }) => row);
  return [
    binaryArray.uuid(rows.map((row) => row.communicationId)),
    binaryArray.uuid(rows.map((row) => row.workspace)),
    binaryArray.uuid(rows.map((row) => row.campaignId)),
    binaryArray.uuid(rows.map((row) => row.participantId)),
    binaryArray.uuid(rows.map((row) => row.channelId)),
    binaryArray.uuid(rows.map((row) => row.addressKey)),
    binaryArray.text(rows.map((row) => row.providerMessageId)),
    binaryArray.timestamptz(rows.map((row) => row.startedAt)),
    binaryArray.text(rows.map((row) => row.timer.kind)),
    binaryArray.bool(rows.map((row) => isHeldByStop(row.timer.kind))),
    binaryArray.timestamptz(rows.map((row) => row.timer.dueAt)),
    binaryArray.int4(open.map(({ revision }) => revision)),
  ];
}

async function writeCampaigns(database: Queryable, campaigns: readonly CampaignState[]): Promise<void> {
  const newest = new Map<string, CampaignState>();
  for (const campaign of campaigns) {
    if ((newest.get(campaign.campaignId)?.revision ?? -1) <= campaign.revision)
      newest.set(campaign.campaignId, campaign);
  }
  const sorted = [...newest.values()].sort((one, other) => (one.campaignId < other.campaignId ? -1 : 1));
  await database.query({
    name: 'dispatch-put-campaigns',
    text: PUT_CAMPAIGNS,
    values: [
      binaryArray.uuid(sorted.map(({ campaignId }) => campaignId)),
      binaryArray.uuid(sorted.map(({ workspace }) => workspace)),
      binaryArray.bool(sorted.map(({ held }) => held)),
      binaryArray.bool(sorted.map(({ deleted }) => deleted)),
      binaryArray.int4(sorted.map(({ revision }) => revision)),
    ],
  });
}

function openTimerOf(row: TimerRow): OpenTimer {
  return {
    communicationId: row.communication_id,
    workspace: row.workspace,
    campaignId: row.campaign_id,
    participantId: row.participant_id,
    channelId: row.channel_id,
    addressKey: row.address_key,
    providerMessageId: row.provider_message_id ?? undefined,
    startedAt: row.started_at?.toISOString(),
    timer: { kind: row.kind, dueAt: row.due_at.toISOString() },
    isClaimed: row.is_claimed,
  };
}
