import { triggerType } from '../node-type.js';

export const communicationUpdated = triggerType(
  'communication-updated',
  'Communication Updated',
  'Starts the flow when a communication is Started, Delivered, Read or Replied, or its results change.',
);
