import { packageFolder, type ServiceDefinition } from '@poinciana/service-kit';
import { CommunicationDispatchModule, DISPATCH_SCHEMA } from './communication-dispatch.module.js';
import { dispatchSettings, type DispatchSettings } from './settings.js';

/** Plans, sends and ends communications, and holds their sessions. */
export const communicationDispatch: ServiceDefinition<DispatchSettings> = {
  name: 'communication-dispatch',
  description: 'Plans, sends and ends communications, and holds their sessions',
  prefix: 'dispatch',
  schema: DISPATCH_SCHEMA,
  migrations: packageFolder(import.meta.url, 'prisma/migrations'),
  settings: dispatchSettings,
  module: (ports) => CommunicationDispatchModule.of(ports),
};

export { WHATSAPP_SECRETS, WHATSAPP_SETTINGS } from './channels/whatsapp/whatsapp-adapter.js';
export { PLANS_GROUP } from './handlers/on-plans.js';
export { PEOPLE_GROUP } from './handlers/on-people.js';
export { SESSIONS_GROUP } from './handlers/on-communications.js';
export { PostgresTimers } from './storage/postgres-timers.js';
