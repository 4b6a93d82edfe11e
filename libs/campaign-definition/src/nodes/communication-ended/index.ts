import { triggerType } from '../node-type.js';

export const communicationEnded = triggerType(
  'communication-ended',
  'Communication Ended',
  'Starts the flow when a communication reaches its final status, once for each communication.',
);
