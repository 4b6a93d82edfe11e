import { REPLY_SECONDS } from '../views/analytics/activity.js';

/** The schema and the role for programs that read SQL, such as Apache Superset. Both are part of what we promise. */
export const REPORTING_SCHEMA = 'poinciana_reporting';
export const REPORTING_ROLE = 'poinciana_reporting';

const SUCCESSFUL = `('Replied', 'Completed')`;
const NOT_COMPLETED = `('NoResponse', 'Canceled', 'Skipped', 'Failed')`;
const GROUP = (status: string) =>
  `CASE WHEN ${status} IN ${SUCCESSFUL} THEN 'successful' WHEN ${status} IN ${NOT_COMPLETED} THEN 'not completed' ELSE 'in progress' END`;

const HOUR = `date_trunc('hour', a.quarter_hour)`;

/** Only rows of the workspaces that were granted to whoever is connected: the session's user cannot be changed by a query. */
const OWN = (table: string) =>
  `${table}.workspace IN (SELECT a.workspace FROM ${REPORTING_SCHEMA}.workspace_access a WHERE a.role = session_user)`;

/**
 * The views. Nothing in them says something about a person. A column keeps its name, type and meaning; new ones may be added at the
 * end. `docs/reference/sql-views.md` describes them, and a spec holds it to this.
 */
export const REPORTING_VIEWS: Readonly<Record<string, string>> = {
  campaigns: `SELECT c.workspace, c.id AS campaign_id, c.name, c.kind, c.status, c.created_at, c.modified_at FROM campaign c WHERE NOT c.deleted AND ${OWN('c')}`,
  participants: `SELECT p.workspace, p.campaign_id, p.id AS participant_id, p.customer_id, p.time_zone, p.created_at, p.updated_at
    FROM participant p WHERE NOT p.deleted AND ${OWN('p')}`,
  communications: `SELECT c.workspace, c.campaign_id, c.id AS communication_id, c.participant_id, c.name, c.status, ${GROUP('c.status')} AS status_group,
      nullif(c.code, '') AS reason_code, c.channel_type, c.channel_id, c.agent_id, c.flow_id, c.node_id, c.attempts,
      c.planned_at, c.send_at AS scheduled_at, c.started_at, c.replied_at, c.ended_at, c.session_id
    FROM communication c WHERE ${OWN('c')}`,
  participants_hourly: `SELECT a.workspace, a.campaign_id, ${HOUR} AS hour, sum(a.count)::bigint AS joined
    FROM activity a WHERE a.moment = 'joined' AND ${OWN('a')} GROUP BY 1, 2, 3 HAVING sum(a.count) <> 0`,
  communications_hourly: `SELECT a.workspace, a.campaign_id, ${HOUR} AS hour, a.moment, a.flow_id, a.node_id, a.subject AS name, a.channel_type, a.agent_id,
      CASE WHEN a.moment IN ('planned', 'ended') THEN a.state END AS status,
      CASE WHEN a.moment IN ('planned', 'ended') THEN ${GROUP('a.state')} END AS status_group, nullif(a.code, '') AS reason_code, sum(a.count)::bigint AS communications
    FROM activity a WHERE a.moment IN ('planned', 'started', 'replied', 'ended') AND ${OWN('a')} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, a.state, a.code HAVING sum(a.count) <> 0`,
  reply_times_hourly: `SELECT a.workspace, a.campaign_id, ${HOUR} AS hour, a.subject AS name, a.channel_type, a.agent_id,
      CASE WHEN a.state = ANY(ARRAY['${REPLY_SECONDS.join("', '")}']) THEN a.state::int END AS up_to_seconds, sum(a.count)::bigint AS replies, sum(a.seconds)::bigint AS seconds
    FROM activity a WHERE a.moment = 'replied' AND ${OWN('a')} GROUP BY 1, 2, 3, 4, 5, 6, a.state HAVING sum(a.count) <> 0`,
  node_visits_hourly: `SELECT a.workspace, a.campaign_id, ${HOUR} AS hour, a.flow_id, a.version AS flow_version, a.node_id, nullif(a.state, '') AS output,
      sum(a.count)::bigint AS runs
    FROM activity a WHERE a.moment = 'visited' AND ${OWN('a')} GROUP BY 1, 2, 3, 4, 5, 6, a.state HAVING sum(a.count) <> 0`,
};

/** Statements that may be run any number of times. The tables are those of the search path at that moment. */
export function reportingSql(): string {
  const role = `DO $$ BEGIN CREATE ROLE ${REPORTING_ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;`;
  const schema = `CREATE SCHEMA IF NOT EXISTS ${REPORTING_SCHEMA};
    CREATE TABLE IF NOT EXISTS ${REPORTING_SCHEMA}.workspace_access (role name NOT NULL, workspace uuid NOT NULL, PRIMARY KEY (role, workspace));`;
  const views = Object.entries(REPORTING_VIEWS).map(
    ([name, select]) =>
      `DROP VIEW IF EXISTS ${REPORTING_SCHEMA}.${name}; CREATE VIEW ${REPORTING_SCHEMA}.${name} WITH (security_barrier) AS ${select};
       GRANT SELECT ON ${REPORTING_SCHEMA}.${name} TO ${REPORTING_ROLE};`,
  );
  return [role, schema, ...views, `GRANT USAGE ON SCHEMA ${REPORTING_SCHEMA} TO ${REPORTING_ROLE};`].join('\n');
}
