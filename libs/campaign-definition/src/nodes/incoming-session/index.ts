import { triggerType } from '../node-type.js';

export const incomingSession = triggerType(
  'incoming-session',
  'Incoming Session',
  'Starts the flow when the participant opens a conversation with one of the agents.',
);
