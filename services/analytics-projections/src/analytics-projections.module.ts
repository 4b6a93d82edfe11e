import { type DynamicModule, Module } from '@nestjs/common';
import type { ServicePorts } from '@poinciana/service-kit';
import { messagingLogMigrations } from '@poinciana/messaging-log';
import { Definitions } from './definitions/definitions.js';
import { projectionsOf } from './projections.js';
import { RebuildController } from './rebuild/rebuild.controller.js';
import type { RebuildSettings } from './rebuild/rebuild-settings.js';
import { RebuildViews } from './rebuild/rebuild-views.js';
import { VerifyViews } from './rebuild/verify-views.js';
import { ReportingViews } from './reporting/reporting-views.js';
import { ANALYTICS_PROJECTIONS_SCHEMA, MIGRATIONS } from './schema.js';
import { ActivityView } from './views/analytics/activity-view.js';
import { AnalyticsController } from './views/analytics/analytics.controller.js';
import { PostgresActivityView } from './views/analytics/postgres-activity-view.js';
import { CampaignView } from './views/campaigns/campaign-view.js';
import { CampaignsConsumer } from './views/campaigns/campaigns.consumer.js';
import { CampaignsController } from './views/campaigns/campaigns.controller.js';
import { CommunicationView } from './views/communications/communication-view.js';
import { CommunicationsConsumer } from './views/communications/communications.consumer.js';
import { CommunicationsController } from './views/communications/communications.controller.js';
import { CounterView } from './views/counters/counter-view.js';
import { CountersController } from './views/counters/counters.controller.js';
import { PostgresCounterView } from './views/counters/postgres-counter-view.js';
import { CustomerProfiles } from './views/customers/customer-profiles.js';
import { CustomersController } from './views/customers/customers.controller.js';
import { HistoryController } from './views/history/history.controller.js';
import { LiveController } from './views/live/live.controller.js';
import { LiveFeed } from './views/live/live-feed.js';
import { ParticipantHistories } from './views/history/participant-history.js';
import { FieldIndexesController } from './views/participants/field-indexes.controller.js';
import { FieldIndexes } from './views/participants/field-indexes.js';
import { PeopleController } from './views/participants/people.controller.js';
import { ParticipantView } from './views/participants/participant-view.js';
import { ParticipantsConsumer } from './views/participants/participants.consumer.js';
import { ParticipantsController } from './views/participants/participants.controller.js';
import { PathView } from './views/runs/path-view.js';
import { RunsConsumer } from './views/runs/runs.consumer.js';
import { SessionView } from './views/sessions/session-view.js';
import { SessionsConsumer } from './views/sessions/sessions.consumer.js';
import { SessionsController } from './views/sessions/sessions.controller.js';

const controllers = [
  AnalyticsController,
  CampaignsController,
  ParticipantsController,
  CommunicationsController,
  CountersController,
  HistoryController,
  FieldIndexesController,
  PeopleController,
  CustomersController,
  LiveController,
  SessionsController,
  RebuildController,
];
const consumers = [CampaignsConsumer, ParticipantsConsumer, CommunicationsConsumer, SessionsConsumer, RunsConsumer];

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class AnalyticsProjectionsModule {
  static of(ports: ServicePorts): DynamicModule {
    const { pool, eventStore } = ports;
    const { campaigns, participants, communications, sessions, paths, groups } = projectionsOf(pool);
    const counters = new PostgresCounterView(pool);
    const reporting = new ReportingViews(pool, ports.log);
    const rebuild = rebuildSettings(ports, groups, reporting);
    return {
      module: AnalyticsProjectionsModule,
      controllers: [...controllers, ...consumers],
      providers: [
        { provide: CampaignView, useValue: campaigns },
        { provide: ParticipantView, useValue: participants },
        { provide: CommunicationView, useValue: communications },
        {
          provide: LiveFeed,
          useValue: new LiveFeed(
            eventStore,
            ports.progress,
            groups.map(({ name }) => name),
            counters,
          ),
        },
        { provide: SessionView, useValue: sessions },
        { provide: CustomerProfiles, useValue: new CustomerProfiles(eventStore) },
        { provide: PathView, useValue: paths },
        { provide: ActivityView, useValue: new PostgresActivityView(pool) },
        { provide: CounterView, useValue: counters },
        { provide: ParticipantHistories, useValue: new ParticipantHistories(eventStore, sessions) },
        { provide: Definitions, useValue: new Definitions(eventStore) },
        { provide: FieldIndexes, useValue: new FieldIndexes(pool) },
        { provide: ReportingViews, useValue: reporting },
        { provide: RebuildViews, useValue: new RebuildViews(rebuild) },
        { provide: VerifyViews, useValue: new VerifyViews(rebuild) },
      ],
    };
  }
}

function rebuildSettings(
  { eventStore, pool, openPool, log }: ServicePorts,
  groups: RebuildSettings['groups'],
  reporting: ReportingViews,
): RebuildSettings {
  return {
    eventStore,
    pool,
    openPool,
    schema: ANALYTICS_PROJECTIONS_SCHEMA,
    migrations: [messagingLogMigrations, MIGRATIONS],
    groups,
    afterSwap: (client) => reporting.afterSwap(client),
    report: (report) => {
      if ('error' in report)
        log.warn({ kind: report.kind, group: report.group, err: report.error }, 'A replay met an error');
    },
  };
}
