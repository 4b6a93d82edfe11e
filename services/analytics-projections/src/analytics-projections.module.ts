import { type DynamicModule, Module } from '@nestjs/common';
import type { ServicePorts } from '@poinciana/service-kit';
import { PrismaPg } from '@prisma/adapter-pg';
import { Definitions } from './definitions/definitions.js';
import { PrismaClient } from './storage/prisma-client/client.js';
import { CampaignView } from './views/campaigns/campaign-view.js';
import { CampaignsConsumer } from './views/campaigns/campaigns.consumer.js';
import { CampaignsController } from './views/campaigns/campaigns.controller.js';
import { PostgresCampaignView } from './views/campaigns/postgres-campaign-view.js';
import { CommunicationView } from './views/communications/communication-view.js';
import { CommunicationsConsumer } from './views/communications/communications.consumer.js';
import { CommunicationsController } from './views/communications/communications.controller.js';
import { PostgresCommunicationView } from './views/communications/postgres-communication-view.js';
import { CounterView } from './views/counters/counter-view.js';
import { CountersController } from './views/counters/counters.controller.js';
import { PostgresCounterView } from './views/counters/postgres-counter-view.js';
import { HistoryController } from './views/history/history.controller.js';
import { ParticipantHistories } from './views/history/participant-history.js';
import { ParticipantView } from './views/participants/participant-view.js';
import { ParticipantsConsumer } from './views/participants/participants.consumer.js';
import { ParticipantsController } from './views/participants/participants.controller.js';
import { PostgresParticipantView } from './views/participants/postgres-participant-view.js';
import { PathView } from './views/runs/path-view.js';
import { PostgresPathView } from './views/runs/postgres-path-view.js';
import { RunsConsumer } from './views/runs/runs.consumer.js';

/** The PostgreSQL schema that only this service reads and writes. */
export const ANALYTICS_PROJECTIONS_SCHEMA = 'analytics_projections';

const controllers = [
  CampaignsController,
  ParticipantsController,
  CommunicationsController,
  CountersController,
  HistoryController,
];
const consumers = [CampaignsConsumer, ParticipantsConsumer, CommunicationsConsumer, RunsConsumer];

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class AnalyticsProjectionsModule {
  static of({ pool, eventStore }: ServicePorts): DynamicModule {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: ANALYTICS_PROJECTIONS_SCHEMA }) });
    return {
      module: AnalyticsProjectionsModule,
      controllers: [...controllers, ...consumers],
      providers: [
        { provide: CampaignView, useValue: new PostgresCampaignView(prisma) },
        { provide: ParticipantView, useValue: new PostgresParticipantView(pool) },
        { provide: CommunicationView, useValue: new PostgresCommunicationView(pool) },
        { provide: PathView, useValue: new PostgresPathView() },
        { provide: CounterView, useValue: new PostgresCounterView(pool) },
        { provide: ParticipantHistories, useValue: new ParticipantHistories(eventStore) },
        { provide: Definitions, useValue: new Definitions(eventStore) },
      ],
    };
  }
}
