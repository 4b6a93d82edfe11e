import type { ToAnotherFlowSettings } from '@poinciana/campaign-definition';
import type { NodeExecution } from '../node-execution.js';

/**
 * Asks for a run of the target once this one is decided; an inactive target is a trace entry, nothing else (A14). A dry run may take it as
 * if it were active, and its trace says so.
 */
export const toAnotherFlow: NodeExecution<ToAnotherFlowSettings> = {
  type: 'to-another-flow',
  compile: (node, { flowId }) => {
    if (flowId === undefined) return undefined;
    return (walk, step) => {
      step.targetFlowId = flowId;
      const { isTarget, isTakenAsActive } = walk.input;
      if (isTarget(flowId)) walk.moves.push({ nodeId: node.id, flowId });
      if (!isTarget(flowId)) step.code = 'target_flow_inactive';
      else if (isTakenAsActive(flowId)) step.code = 'taken_as_active';
      return 'out';
    };
  },
  explain: ({ step, context }) => {
    const flow =
      context.flows.find((other) => other.flow.id === step.targetFlowId)?.flow.name ?? step.targetFlowId ?? '';
    return {
      code: step.code === 'target_flow_inactive' ? 'not_moved' : 'moved',
      parameters: { flow },
      ...(step.code ? { reasonCode: step.code } : {}),
    };
  },
};
