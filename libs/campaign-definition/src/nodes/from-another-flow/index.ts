import { triggerType } from '../node-type.js';

export const fromAnotherFlow = triggerType(
  'from-another-flow',
  'From Another Flow',
  'Starts the flow when a To Another Flow action of another flow sends the participant here.',
);
