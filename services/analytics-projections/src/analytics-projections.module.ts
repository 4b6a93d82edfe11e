import { type DynamicModule, Module } from '@nestjs/common';
import type { ServicePorts } from '@poinciana/service-kit';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './storage/prisma-client/client.js';
import { CampaignView } from './views/campaigns/campaign-view.js';
import { CampaignsConsumer } from './views/campaigns/campaigns.consumer.js';
import { CampaignsController } from './views/campaigns/campaigns.controller.js';
import { PostgresCampaignView } from './views/campaigns/postgres-campaign-view.js';

/** The PostgreSQL schema that only this service reads and writes. */
export const ANALYTICS_PROJECTIONS_SCHEMA = 'analytics_projections';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class AnalyticsProjectionsModule {
  static of({ pool }: ServicePorts): DynamicModule {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: ANALYTICS_PROJECTIONS_SCHEMA }) });
    return {
      module: AnalyticsProjectionsModule,
      controllers: [CampaignsController, CampaignsConsumer],
      providers: [{ provide: CampaignView, useValue: new PostgresCampaignView(prisma) }],
    };
  }
}
