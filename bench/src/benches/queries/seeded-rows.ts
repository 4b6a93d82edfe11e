/** Spreads numbers over 32 bits, so that each column has an order of its own (the finalizer of MurmurHash3). */
function spread(number: number): number {
  let bits = number >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const KINDS = ['participant', 'customer', 'upload', 'communication', 'run', 'event'] as const;
/** How far apart the numbers are of which the parts of ids are made. */
const APART = 0x0600_0000;

/** The id of a seeded row: random to an index, and another one for each number of a kind. */
export function uuidOf(kind: (typeof KINDS)[number], number: number): string {
  const first = number + KINDS.indexOf(kind) * 4 * APART;
  const [one, two, three, four] = [0, 1, 2, 3].map((part) => spread(first + part * APART));
  const [start, middle, more, end] = [hex(one), hex(two), hex(three), hex(four)];
  return `${start}-${middle.slice(0, 4)}-${middle.slice(4)}-${more.slice(0, 4)}-${more.slice(4)}${end}`;
}

function hex(bits = 0): string {
  return bits.toString(16).padStart(8, '0');
}

/** How long people kept coming, in seconds: thirty days. */
const SECONDS = 30 * 24 * 60 * 60;
const FIRST_CAME = Date.parse('2026-10-01T00:00:00.000Z');
const FIRST_DUE = Date.parse('2026-01-01T00:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1_000;
const UPLOADS = Array.from({ length: 20 }, (_, number) => uuidOf('upload', number));

/** The nodes that write to people. */
const NODES = 10;
const CHANNEL_TYPES = ['whatsapp', 'email', 'telegram'] as const;
const STATUSES = ['Planned', 'Started', 'Replied', 'Completed', 'NoResponse', 'Skipped'] as const;
const HAVE_STARTED = ['Started', 'Replied', 'Completed', 'NoResponse'];
const HAVE_REPLIED = ['Replied', 'Completed'];
const HAVE_ENDED = ['Completed', 'NoResponse', 'Skipped'];

/** Whose rows they are. */
export interface SeededCampaign {
  readonly workspace: string;
  readonly id: string;
}

/** A table, the columns that are filled, and what stands in them for a number from 1, as COPY reads it. */
export interface SeededTable {
  readonly table: string;
  readonly columns: string;
  row(campaign: SeededCampaign, number: number): readonly (string | number | null)[];
}

function padded(number: number, digits: number): string {
  return String(Math.floor(number)).padStart(digits, '0');
}

function cameAt(bits: number): number {
  return FIRST_CAME + (bits % SECONDS) * 1_000;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** People of 50 first names and 400 families who came over a month. */
export const PARTICIPANTS: SeededTable = {
  table: 'analytics_projections.participant',
  columns: `id, workspace, campaign_id, customer_id, object_id, life, time_zone, name, email, phone, external_id, "values", upload_ids,
    created_at, updated_at, deleted, counted, revision`,
  row: ({ workspace, id }, number) => {
    const bits = spread(number);
    const name = `first${padded(bits % 50, 2)} family${padded((bits / 64) % 400, 3)} ${number}`;
    const email = `person.${padded(number, 8)}@example.org`;
    const phone = `346${padded(bits, 10)}`;
    const externalId = `c${padded(number, 9)}`;
    const values = {
      name,
      email,
      phone,
      external_id: externalId,
      is_payment_received: bits % 3 === 0,
      due_date: new Date(FIRST_DUE + (bits % 365) * DAY_MS).toISOString().slice(0, 10),
      amount: (bits % 1_000_000) / 100,
    };
    const came = cameAt(bits);
    return [
      ...[uuidOf('participant', number), workspace, id, uuidOf('customer', number), '', 1, null],
      ...[name, email, phone, externalId, JSON.stringify(values), `{${UPLOADS[bits % UPLOADS.length]}}`],
      ...[instant(came), instant(came + (bits % 3_600) * 1_000), 'f', 't', 0],
    ];
  },
};

/** One communication for each of them, over all nodes and in every status. */
export const COMMUNICATIONS: SeededTable = {
  table: 'analytics_projections.communication',
  columns: `id, workspace, campaign_id, participant_id, life, flow_id, run_id, node_id, name, agent_id, channel_id, channel_type, status,
    code, send_at, planned_at, started_at, replied_at, ended_at, attempts, revision`,
  row: ({ workspace, id }, number) => {
    const bits = spread(number);
    const node = bits % NODES;
    const status = STATUSES[Math.floor(bits / 16) % STATUSES.length] ?? 'Planned';
    const came = cameAt(bits);
    const after = (seconds: number, statuses: readonly string[]) =>
      statuses.includes(status) ? instant(came + seconds * 1_000) : null;
    return [
      // A node belongs to one flow, and writes one communication over one channel.
      ...[uuidOf('communication', number), workspace, id, uuidOf('participant', number), 1, `flow${node % 2}`],
      ...[uuidOf('run', number), `node${node}`, `NAME_${node}`, 'agent', 'channel'],
      ...[CHANNEL_TYPES[node % CHANNEL_TYPES.length] ?? '', status],
      ...[status === 'Skipped' ? 'window_missed' : '', instant(came), instant(came)],
      ...[after(60, HAVE_STARTED), after(60 + (bits % 4_000), HAVE_REPLIED), after(7_200, HAVE_ENDED), 1, 3],
    ];
  },
};

/** Somebody else's events in a shard that nobody reads, so that streams are looked for among as many. */
export const EVENTS: SeededTable = {
  table: 'event_log.events',
  columns:
    'position, time, stream, id, workspace, key, causation, correlation, revision, shard, category, hop, type, actor, data, size',
  row: ({ workspace, id }, number) => {
    const event = uuidOf('event', number);
    return [
      ...[number, instant(FIRST_CAME), event, event, workspace, event, event, event, 0, 1, 1, 0],
      ...['ParticipantCreated', 'service:bench', JSON.stringify({ campaign: id }), 60],
    ];
  },
};
