import { NO_SETTINGS, type ServiceDefinition } from '@poinciana/service-kit';
import {
  ANALYTICS_PROJECTIONS_SCHEMA,
  AnalyticsProjectionsModule,
  MIGRATIONS,
} from './analytics-projections.module.js';

/** Everything that the portal and other front ends read. */
export const analyticsProjections: ServiceDefinition = {
  name: 'analytics-projections',
  description: 'Everything that the portal and other front ends read',
  prefix: 'views',
  schema: ANALYTICS_PROJECTIONS_SCHEMA,
  migrations: MIGRATIONS,
  settings: NO_SETTINGS,
  module: (ports) => AnalyticsProjectionsModule.of(ports),
};
