import { triggerExecution } from '../node-execution.js';

export const incomingSession = triggerExecution('incoming-session');
