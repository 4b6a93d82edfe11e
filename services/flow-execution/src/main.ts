import { adapters } from '@poinciana/deployment';
import { runServiceProcess } from '@poinciana/service-kit';
import { flowExecution } from './index.js';

await runServiceProcess(flowExecution, adapters);
