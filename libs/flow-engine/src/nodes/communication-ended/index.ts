import { triggerExecution } from '../node-execution.js';

export const communicationEnded = triggerExecution('communication-ended');
