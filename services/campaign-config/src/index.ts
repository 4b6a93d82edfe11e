import { fileURLToPath } from 'node:url';
import { NO_SETTINGS, type ServiceDefinition } from '@poinciana/service-kit';
import { CAMPAIGN_CONFIG_SCHEMA, CampaignConfigModule } from './campaign-config.module.js';

/** Campaigns, fields, flows, agents and channels. */
export const campaignConfig: ServiceDefinition = {
  name: 'campaign-config',
  description: 'Campaigns, fields, flows, agents and channels',
  prefix: 'config',
  schema: CAMPAIGN_CONFIG_SCHEMA,
  migrations: fileURLToPath(new URL('../../prisma/migrations', import.meta.url)),
  settings: NO_SETTINGS,
  module: (ports) => CampaignConfigModule.of(ports),
};
