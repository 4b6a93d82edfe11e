import { OUT, type NodeType } from '../node-type.js';

export const cancelCommunications: NodeType<Record<string, never>> = {
  type: 'cancel-communications',
  kind: 'action',
  title: 'Cancel Communications',
  howItWorks: 'Ends all planned and open communications of this participant as Canceled.',
  outputs: OUT,
  readSettings: () => ({ draft: {}, problems: [] }),
  check: () => undefined,
  summary: () => 'Cancel all planned and open communications',
};
