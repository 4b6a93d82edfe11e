import type { ToAnotherFlowSettings } from '@poinciana/campaign-definition';
import type { NodeExecution } from '../node-execution.js';

/** Asks for a run of the target once this one is decided; an inactive target is a trace entry, nothing else (A14). */
export const toAnotherFlow: NodeExecution<ToAnotherFlowSettings> = {
  type: 'to-another-flow',
  compile: (node, { flowId }) => {
    if (flowId === undefined) return undefined;
    return (walk, step) => {
      step.targetFlowId = flowId;
      if (walk.input.isTarget(flowId)) walk.moves.push({ nodeId: node.id, flowId });
      else step.code = 'target_flow_inactive';
      return 'out';
    };
  },
  explain: ({ step, context }) => {
    const flow =
      context.flows.find((other) => other.flow.id === step.targetFlowId)?.flow.name ?? step.targetFlowId ?? '';
    return {
      code: step.code === undefined ? 'moved' : 'not_moved',
      parameters: { flow },
      ...(step.code ? { reasonCode: step.code } : {}),
    };
  },
};
