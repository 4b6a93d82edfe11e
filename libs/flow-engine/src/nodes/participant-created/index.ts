import { triggerExecution } from '../node-execution.js';

export const participantCreated = triggerExecution('participant-created');
