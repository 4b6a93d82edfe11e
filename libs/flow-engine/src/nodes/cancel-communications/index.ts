import type { NodeExecution } from '../node-execution.js';

const NONE: readonly never[] = [];

/** Ends everything that is open for this participant, also what was planned earlier in the run (A20). */
export const cancelCommunications: NodeExecution<object> = {
  type: 'cancel-communications',
  compile: (node) => (walk, step) => {
    if (walk.openCommunications.length === 0) return 'out';
    const communicationIds = walk.openCommunications.map((open) => open.id);
    step.canceledIds = communicationIds;
    walk.cancels.push({ nodeId: node.id, communicationIds });
    walk.openCommunications = NONE;
    return 'out';
  },
  explain: ({ step }) => ({ code: 'canceled', parameters: { count: step.canceledIds?.length ?? 0 } }),
};
