import { triggerType } from '../node-type.js';

export const participantCreated = triggerType(
  'participant-created',
  'Participant Created',
  'Starts the flow when a participant is added to the campaign, by a file upload or through the API.',
);
