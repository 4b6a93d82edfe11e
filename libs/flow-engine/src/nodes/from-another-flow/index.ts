import { triggerExecution } from '../node-execution.js';

export const fromAnotherFlow = triggerExecution('from-another-flow');
