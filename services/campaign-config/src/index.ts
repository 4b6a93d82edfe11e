import { type ServiceDefinition, type SettingsOf, packageFolder } from '@poinciana/service-kit';
import { CAMPAIGN_CONFIG_SCHEMA, CampaignConfigModule } from './campaign-config.module.js';
import { campaignConfigSettings } from './settings.js';

/** Campaigns, fields, flows, agents and channels. */
export const campaignConfig: ServiceDefinition<SettingsOf<typeof campaignConfigSettings>> = {
  name: 'campaign-config',
  description: 'Campaigns, fields, flows, agents and channels',
  prefix: 'config',
  schema: CAMPAIGN_CONFIG_SCHEMA,
  migrations: packageFolder(import.meta.url, 'prisma/migrations'),
  settings: campaignConfigSettings,
  module: (ports) => CampaignConfigModule.of(ports),
};
