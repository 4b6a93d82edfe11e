import { NO_SETTINGS, type ServiceDefinition, packageFolder } from '@poinciana/service-kit';
import { FlowExecutionModule } from './flow-execution.module.js';

/** Runs flows for participants, one after another for each of them. */
export const flowExecution: ServiceDefinition = {
  name: 'flow-execution',
  description: 'Runs flows for participants',
  prefix: 'flows',
  schema: 'flow_execution',
  migrations: packageFolder(import.meta.url, 'prisma/migrations'),
  settings: NO_SETTINGS,
  module: (ports) => FlowExecutionModule.of(ports),
};

export { triedOut } from './domain/dry-run/dry-run.js';
export { FileDryRun } from './domain/dry-run/file-dry-run.js';
