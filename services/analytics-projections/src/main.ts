import { adapters } from '@poinciana/deployment';
import { runServiceProcess } from '@poinciana/service-kit';
import { analyticsProjections } from './index.js';

await runServiceProcess(analyticsProjections, adapters);
