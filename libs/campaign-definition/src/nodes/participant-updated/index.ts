import { triggerType } from '../node-type.js';

export const participantUpdated = triggerType(
  'participant-updated',
  'Participant Updated',
  'Starts the flow when a field value of a participant changes.',
);
