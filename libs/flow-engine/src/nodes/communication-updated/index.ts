import { triggerExecution } from '../node-execution.js';

export const communicationUpdated = triggerExecution('communication-updated');
