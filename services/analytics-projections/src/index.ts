import { NO_SETTINGS, type ServiceDefinition, packageFolder } from '@poinciana/service-kit';
import { ANALYTICS_PROJECTIONS_SCHEMA, AnalyticsProjectionsModule } from './analytics-projections.module.js';

/** Everything that the portal and other front ends read. */
export const analyticsProjections: ServiceDefinition = {
  name: 'analytics-projections',
  description: 'Everything that the portal and other front ends read',
  prefix: 'views',
  schema: ANALYTICS_PROJECTIONS_SCHEMA,
  migrations: packageFolder(import.meta.url, 'prisma/migrations'),
  settings: NO_SETTINGS,
  module: (ports) => AnalyticsProjectionsModule.of(ports),
};
