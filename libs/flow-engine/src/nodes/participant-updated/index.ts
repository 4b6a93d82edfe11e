import { triggerExecution } from '../node-execution.js';

export const participantUpdated = triggerExecution('participant-updated');
