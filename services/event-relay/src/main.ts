import { adapters } from '@poinciana/deployment';
import { runServiceProcess } from '@poinciana/service-kit';
import { eventRelay } from './index.js';

await runServiceProcess(eventRelay, adapters);
