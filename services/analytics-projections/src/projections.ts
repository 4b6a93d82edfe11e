import type { ConsumerGroup } from '@poinciana/messaging';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool, PoolClient } from 'pg';
import { consumerGroup } from './rebuild/consumer-group.js';
import { ANALYTICS_PROJECTIONS_SCHEMA } from './schema.js';
import { PrismaClient } from './storage/prisma-client/client.js';
import { CAMPAIGNS, CampaignsConsumer } from './views/campaigns/campaigns.consumer.js';
import { PostgresCampaignView } from './views/campaigns/postgres-campaign-view.js';
import { COMMUNICATIONS, CommunicationsConsumer } from './views/communications/communications.consumer.js';
import { PostgresCommunicationView } from './views/communications/postgres-communication-view.js';
import { PARTICIPANTS, ParticipantsConsumer } from './views/participants/participants.consumer.js';
import { PostgresParticipantView } from './views/participants/postgres-participant-view.js';
import { PostgresPathView } from './views/runs/postgres-path-view.js';
import { RUNS, RunsConsumer } from './views/runs/runs.consumer.js';
import { PostgresSessionView } from './views/sessions/postgres-session-view.js';
import { SESSIONS, SessionsConsumer } from './views/sessions/sessions.consumer.js';

/** The read models in PostgreSQL, and the consumer groups that fill them: by the bus, and again by a rebuild. */
export interface Projections {
  readonly campaigns: PostgresCampaignView;
  readonly participants: PostgresParticipantView;
  readonly communications: PostgresCommunicationView;
  readonly sessions: PostgresSessionView;
  readonly paths: PostgresPathView;
  readonly groups: readonly ConsumerGroup<PoolClient>[];
}

/** A new projection is a folder under `views/` and its line here. The pool is the service's own. */
export function projectionsOf(pool: Pool): Projections {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: ANALYTICS_PROJECTIONS_SCHEMA }) });
  const campaigns = new PostgresCampaignView(prisma);
  const participants = new PostgresParticipantView(pool);
  const communications = new PostgresCommunicationView(pool);
  const sessions = new PostgresSessionView(pool);
  const paths = new PostgresPathView();
  const groups = [
    consumerGroup(CAMPAIGNS, new CampaignsConsumer(campaigns)),
    consumerGroup(PARTICIPANTS, new ParticipantsConsumer(participants, communications)),
    consumerGroup(COMMUNICATIONS, new CommunicationsConsumer(communications)),
    consumerGroup(SESSIONS, new SessionsConsumer(sessions)),
    consumerGroup(RUNS, new RunsConsumer(paths)),
  ];
  return { campaigns, participants, communications, sessions, paths, groups };
}
