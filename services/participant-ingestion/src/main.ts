import { adapters } from '@poinciana/deployment';
import { runServiceProcess } from '@poinciana/service-kit';
import { participantIngestion } from './index.js';

await runServiceProcess(participantIngestion, adapters);
