import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { WORKSPACE } from './stored-events.js';

/** Campaigns of one workspace, with so many people each that looking through all of them would cost more than any index. */
const CAMPAIGNS = 40;
const PEOPLE = 20_000;

const uuid = (kind: string, number: string) => `md5('${kind}' || ${number})::uuid`;
const CAMPAIGN_OF = uuid('campaign', `n % ${CAMPAIGNS}`);
const CAME = `timestamptz '2026-11-01 00:00Z' + n * interval '2 minutes'`;
const QUARTER = `date_bin('15 minutes', ${CAME}, timestamptz '2000-01-01 00:00Z')`;
const NUMBERS = `generate_series(1, ${PEOPLE}) AS n`;

const STATEMENTS = [
  `INSERT INTO campaign SELECT ${uuid('campaign', 'n')}, '${WORKSPACE}', 'Campaign ' || n, '', 'flow', 'Active', now(), now()
   FROM generate_series(0, ${CAMPAIGNS - 1}) AS n`,
  `INSERT INTO participant (id, workspace, campaign_id, customer_id, object_id, life, name, email, phone, external_id, "values", upload_ids,
     created_at, updated_at, deleted, counted, revision)
   SELECT ${uuid('participant', 'n')}, '${WORKSPACE}', ${CAMPAIGN_OF}, ${uuid('customer', 'n')}, '', 1, 'first' || n % 50 || ' ' || n,
     'person.' || n, '34600' || n, 'c' || lpad(n::text, 7, '0'), json_build_object('amount', n % 1000 + 0.25), '{}', ${CAME}, ${CAME}, false, true, 0
   FROM ${NUMBERS}`,
  `INSERT INTO communication (id, workspace, campaign_id, participant_id, life, flow_id, run_id, node_id, name, agent_id, channel_id,
     channel_type, status, code, planned_at, attempts, revision)
   SELECT ${uuid('communication', 'n')}, '${WORKSPACE}', ${CAMPAIGN_OF}, ${uuid('participant', 'n')}, 1, 'flow', ${uuid('run', 'n')}, 'node',
     'NAME_' || n % 10, 'agent', 'channel', (ARRAY['email', 'whatsapp'])[1 + n % 2], (ARRAY['Planned', 'Completed'])[1 + n % 2], '', ${CAME}, 1, 0
   FROM ${NUMBERS}`,
  `INSERT INTO session (id, workspace, channel_id, channel_type, agent_id, direction, participant_id, customer_id, campaign_id, opened_at, last_at)
   SELECT ${uuid('session', 'n')}, '${WORKSPACE}', 'channel', 'email', 'agent', 'outbound', ${uuid('participant', 'n')}, ${uuid('customer', 'n')},
     ${CAMPAIGN_OF}, ${CAME}, ${CAME} FROM ${NUMBERS}`,
  `INSERT INTO session_message SELECT ${uuid('session', 'n')}, 1, '${WORKSPACE}', ${CAME}, 'sent', 'word' || n % 500 FROM ${NUMBERS}`,
  `INSERT INTO activity SELECT '${WORKSPACE}', ${CAMPAIGN_OF}, 'planned', ${QUARTER}, 'flow', 1, 'node', 'NAME_' || n % 10, 'email', 'agent',
     'Planned', '', 1, 0 FROM ${NUMBERS} ON CONFLICT DO NOTHING`,
  `INSERT INTO activity_series SELECT '${WORKSPACE}', ${CAMPAIGN_OF}, 'planned', ${QUARTER}, 'Planned', 1 FROM ${NUMBERS} ON CONFLICT DO NOTHING`,
  'ANALYZE campaign, participant, communication, session, session_message, activity, activity_series',
];

/** As PostgreSQL makes a UUID of the same hash. */
function idOfMd5(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Ids of what is seeded: of the campaign with number 7 and somebody in it. */
export const SEEDED = {
  workspace: WORKSPACE,
  campaignId: idOfMd5('campaign7'),
  participantId: idOfMd5('participant7'),
  customerId: idOfMd5('customer7'),
  sessionId: idOfMd5('session7'),
  at: '2026-11-15T00:00:00.000Z',
  id: idOfMd5('participant7'),
} as const;

export async function seedManyCampaigns(pool: Pool): Promise<void> {
  for (const statement of STATEMENTS) await pool.query(statement);
}
