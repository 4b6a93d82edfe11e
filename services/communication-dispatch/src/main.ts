import { adapters } from '@poinciana/deployment';
import { runServiceProcess } from '@poinciana/service-kit';
import { communicationDispatch } from './index.js';

await runServiceProcess(communicationDispatch, adapters);
