import { type DynamicModule, Module } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type { ServicePorts } from '@poinciana/service-kit';
import { CampaignNaming } from './handlers/campaign-naming.js';
import { CampaignStreams } from './handlers/campaign-streams.js';
import { CreateCampaignHandler } from './handlers/create-campaign.js';
import { DeleteCampaignHandler } from './handlers/delete-campaign.js';
import { EditCampaignHandler } from './handlers/edit-campaign.js';
import { CampaignsController } from './http/campaigns.controller.js';
import { PostgresCampaignNames } from './storage/postgres-campaign-names.js';
import { PrismaClient } from './storage/prisma-client/client.js';

/** The PostgreSQL schema that only this service reads and writes. */
export const CAMPAIGN_CONFIG_SCHEMA = 'campaign_config';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class CampaignConfigModule {
  static of({ eventStore, pool, clock }: ServicePorts): DynamicModule {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: CAMPAIGN_CONFIG_SCHEMA }) });
    const campaigns = new CampaignStreams(eventStore, clock);
    const naming = new CampaignNaming(new PostgresCampaignNames(prisma), eventStore);
    return {
      module: CampaignConfigModule,
      controllers: [CampaignsController],
      providers: [
        { provide: CampaignStreams, useValue: campaigns },
        { provide: CreateCampaignHandler, useValue: new CreateCampaignHandler(naming, campaigns) },
        { provide: EditCampaignHandler, useValue: new EditCampaignHandler(naming, campaigns) },
        { provide: DeleteCampaignHandler, useValue: new DeleteCampaignHandler(naming, campaigns) },
      ],
    };
  }
}
