import { type DynamicModule, Module } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type { ServicePorts, SettingsOf } from '@poinciana/service-kit';
import { ActivateFlowHandler } from './handlers/activate-flow.js';
import { CampaignNaming } from './handlers/campaign-naming.js';
import { CampaignStreams } from './handlers/campaign-streams.js';
import { CreateCampaignHandler } from './handlers/create-campaign.js';
import { DeleteCampaignHandler } from './handlers/delete-campaign.js';
import { EditCampaignHandler } from './handlers/edit-campaign.js';
import { SaveChannelHandler } from './handlers/save-channel.js';
import { SaveFlowHandler } from './handlers/save-flow.js';
import { StartCampaignHandler } from './handlers/start-campaign.js';
import { WorkspaceStreams } from './handlers/workspace-streams.js';
import { CampaignsController } from './http/campaigns.controller.js';
import { DefinitionsController } from './http/definitions.controller.js';
import { RunningController } from './http/running.controller.js';
import { WorkspaceController } from './http/workspace.controller.js';
import type { campaignConfigSettings } from './settings.js';
import { PostgresCampaignNames } from './storage/postgres-campaign-names.js';
import { PrismaClient } from './storage/prisma-client/client.js';

/** The PostgreSQL schema that only this service reads and writes. */
export const CAMPAIGN_CONFIG_SCHEMA = 'campaign_config';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class CampaignConfigModule {
  static of({
    eventStore,
    pool,
    clock,
    settings,
  }: ServicePorts<SettingsOf<typeof campaignConfigSettings>>): DynamicModule {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: CAMPAIGN_CONFIG_SCHEMA }) });
    const campaigns = new CampaignStreams(eventStore, clock);
    const workspaces = new WorkspaceStreams(eventStore, clock);
    const naming = new CampaignNaming(new PostgresCampaignNames(prisma), eventStore);
    return {
      module: CampaignConfigModule,
      controllers: [CampaignsController, DefinitionsController, RunningController, WorkspaceController],
      providers: [
        { provide: CampaignStreams, useValue: campaigns },
        { provide: WorkspaceStreams, useValue: workspaces },
        { provide: CreateCampaignHandler, useValue: new CreateCampaignHandler(naming, campaigns) },
        { provide: EditCampaignHandler, useValue: new EditCampaignHandler(naming, campaigns) },
        { provide: DeleteCampaignHandler, useValue: new DeleteCampaignHandler(naming, campaigns) },
        { provide: SaveFlowHandler, useValue: new SaveFlowHandler(campaigns, workspaces) },
        { provide: ActivateFlowHandler, useValue: new ActivateFlowHandler(campaigns, workspaces) },
        { provide: StartCampaignHandler, useValue: new StartCampaignHandler(campaigns, workspaces) },
        { provide: SaveChannelHandler, useValue: new SaveChannelHandler(workspaces, settings.secretsKey) },
      ],
    };
  }
}
