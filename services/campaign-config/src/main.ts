import { adapters } from '@poinciana/deployment';
import { runServiceProcess } from '@poinciana/service-kit';
import { campaignConfig } from './index.js';

await runServiceProcess(campaignConfig, adapters);
