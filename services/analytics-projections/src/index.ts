import { NO_SETTINGS, type ServiceDefinition } from '@poinciana/service-kit';
import { AnalyticsProjectionsModule } from './analytics-projections.module.js';
import { ANALYTICS_PROJECTIONS_SCHEMA, MIGRATIONS } from './schema.js';

/** For whoever measures how quickly the read models are built again. */
export { projectionsOf } from './projections.js';
export { buildIndexes, dropBeside, prepareBeside } from './rebuild/beside-schema.js';
export { Replay } from './rebuild/replay.js';
export { ANALYTICS_PROJECTIONS_SCHEMA, MIGRATIONS };

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
