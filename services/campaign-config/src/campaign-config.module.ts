import { type DynamicModule, Module } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type { ServicePorts, SettingsOf } from '@poinciana/service-kit';
import { ErrorsConsumer } from './consumers/errors.consumer.js';
import { HeldFieldsConsumer } from './consumers/held-fields.consumer.js';
import { PausesConsumer } from './consumers/pauses.consumer.js';
import { ActivateFlowHandler } from './handlers/activate-flow.js';
import { CampaignNaming } from './handlers/campaign-naming.js';
import { CampaignStreams } from './handlers/campaign-streams.js';
import { ChannelFailures } from './handlers/channel-failures.js';
import { CompareVersions } from './handlers/compare-versions.js';
import { CreateCampaignHandler } from './handlers/create-campaign.js';
import { DefineFieldsHandler } from './handlers/define-fields.js';
import { DeleteCampaignHandler } from './handlers/delete-campaign.js';
import { EditCampaignHandler } from './handlers/edit-campaign.js';
import { ExportCampaign } from './handlers/export-campaign.js';
import { FlowVersions } from './handlers/flow-versions.js';
import { ImportCampaignHandler } from './handlers/import-campaign.js';
import { NotePauses } from './handlers/note-pauses.js';
import { OnFailures } from './handlers/on-failures.js';
import { PreviewStart } from './handlers/preview-start.js';
import { PreviewStop } from './handlers/preview-stop.js';
import { SaveAgentHandler } from './handlers/save-agent.js';
import { SaveChannelHandler } from './handlers/save-channel.js';
import { SaveFlowHandler } from './handlers/save-flow.js';
import { StartCampaignHandler } from './handlers/start-campaign.js';
import { WorkspaceStreams } from './handlers/workspace-streams.js';
import { AgentsController } from './http/agents.controller.js';
import { BundleDoor } from './http/bundle-door.js';
import { BundlesController } from './http/bundles.controller.js';
import { CampaignsController } from './http/campaigns.controller.js';
import { ChannelsController } from './http/channels.controller.js';
import { FieldsController } from './http/fields.controller.js';
import { FlowStatesController } from './http/flow-states.controller.js';
import { FlowVersionsController } from './http/flow-versions.controller.js';
import { FlowsController } from './http/flows.controller.js';
import { RunningController } from './http/running.controller.js';
import { WorkspaceController } from './http/workspace.controller.js';
import type { campaignConfigSettings } from './settings.js';
import { PostgresCampaignNames } from './storage/postgres-campaign-names.js';
import { HeldFields } from './storage/held-fields.js';
import { PostgresHeldFields } from './storage/postgres-held-fields.js';
import { PostgresPauses } from './storage/postgres-pauses.js';
import { PostgresRunningCampaigns } from './storage/postgres-running-campaigns.js';
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
    progress,
    settings,
  }: ServicePorts<SettingsOf<typeof campaignConfigSettings>>): DynamicModule {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: CAMPAIGN_CONFIG_SCHEMA }) });
    const campaigns = new CampaignStreams(eventStore, clock);
    const workspaces = new WorkspaceStreams(eventStore, clock);
    const naming = new CampaignNaming(new PostgresCampaignNames(prisma), eventStore);
    const heldFields = new PostgresHeldFields(pool);
    const defineFields = new DefineFieldsHandler(campaigns, workspaces, heldFields, eventStore, progress);
    const failures = new ChannelFailures(eventStore, campaigns);
    const onFailures = new OnFailures(campaigns, workspaces, new PostgresRunningCampaigns(pool), failures);
    const pauses = new PostgresPauses(pool);
    const versions = new FlowVersions(eventStore, campaigns, workspaces);
    return {
      module: CampaignConfigModule,
      controllers: [
        BundlesController,
        CampaignsController,
        FieldsController,
        FlowsController,
        FlowStatesController,
        FlowVersionsController,
        RunningController,
        WorkspaceController,
        AgentsController,
        ChannelsController,
        HeldFieldsConsumer,
        ErrorsConsumer,
        PausesConsumer,
      ],
      providers: [
        { provide: CampaignStreams, useValue: campaigns },
        { provide: WorkspaceStreams, useValue: workspaces },
        { provide: CreateCampaignHandler, useValue: new CreateCampaignHandler(naming, campaigns) },
        { provide: EditCampaignHandler, useValue: new EditCampaignHandler(naming, campaigns) },
        { provide: DeleteCampaignHandler, useValue: new DeleteCampaignHandler(naming, campaigns) },
        { provide: DefineFieldsHandler, useValue: defineFields },
        { provide: HeldFields, useValue: heldFields },
        { provide: NotePauses, useValue: new NotePauses(eventStore, pauses) },
        { provide: OnFailures, useValue: onFailures },
        { provide: ExportCampaign, useValue: new ExportCampaign(campaigns, workspaces) },
        { provide: ImportCampaignHandler, useValue: new ImportCampaignHandler(naming, campaigns, workspaces) },
        BundleDoor,
        { provide: FlowVersions, useValue: versions },
        { provide: CompareVersions, useValue: new CompareVersions(versions, campaigns, workspaces) },
        { provide: SaveFlowHandler, useValue: new SaveFlowHandler(campaigns, workspaces) },
        { provide: ActivateFlowHandler, useValue: new ActivateFlowHandler(campaigns, workspaces) },
        { provide: PreviewStart, useValue: new PreviewStart(campaigns, workspaces, pauses, clock) },
        { provide: PreviewStop, useValue: new PreviewStop(campaigns, pauses) },
        { provide: StartCampaignHandler, useValue: new StartCampaignHandler(campaigns, workspaces) },
        { provide: SaveAgentHandler, useValue: new SaveAgentHandler(workspaces, settings.secretsKey) },
        { provide: SaveChannelHandler, useValue: new SaveChannelHandler(workspaces, settings.secretsKey) },
      ],
    };
  }
}
