import { nodeType, reason, render, type CampaignContext, type Flow } from '@poinciana/campaign-definition';
import { nodeExecution } from '../nodes/registry.js';
import type { FlowRun, Step } from '../run/flow-run.js';
import type { Message, Sentence, ToldStep } from './message.js';
import { RUN_MESSAGES } from './run-messages.js';

/**
 * A run as sentences, one a step, in the order of the path. `flow` is the version that the run took; without personal
 * values (after an erasure) they read "not set". Never throws for a stored run.
 */
export function explainRun(run: FlowRun, flow: Flow, context: CampaignContext): readonly Sentence[] {
  return run.steps.map((_step, index) => explainStep(run, index, flow, context));
}

/** One step of a run as a sentence. */
export function explainStep(run: FlowRun, index: number, flow: Flow, context: CampaignContext): Sentence {
  const step = run.steps[index] as Step;
  const node = flow.nodes.find((candidate) => candidate.id === step.nodeId);
  const message = node
    ? tell({ run, step, node, flow, context, compared: run.personal.compared[index] })
    : unknownNode(step);
  return { ...sentence(message), nodeId: step.nodeId, step: index };
}

/** A message in words, with the sentence and the advice of its reason; a reason that the message has no place for stands behind it. */
export function sentence(message: Message): Sentence {
  const why = message.reasonCode === undefined ? undefined : reason(message.reasonCode);
  const parameters = why === undefined ? message.parameters : { ...message.parameters, reason: why.sentence };
  const text = render(RUN_MESSAGES, message.code, parameters);
  const isTold = why === undefined || RUN_MESSAGES[message.code]?.includes('{reason}') === true;
  return { ...message, text: isTold ? text : `${text} (${why.sentence})`, advice: why?.advice ?? '' };
}

function tell(told: ToldStep): Message {
  const { run, step, node } = told;
  const parameters = { node: node.name };
  if (run.failure?.nodeId === step.nodeId && step.output === undefined && step.code === run.failure.code) {
    return { code: 'failed', parameters, reasonCode: run.failure.code };
  }
  if (step.output === undefined) return { code: 'not_executed', parameters, reasonCode: step.code ?? 'node_not_ready' };
  const execution = nodeExecution(step.type);
  const draft = nodeType(step.type)?.readSettings(node.settings).draft ?? {};
  return execution ? execution.explain(told, draft) : { code: 'executed', parameters };
}

function unknownNode(step: Step): Message {
  return { code: 'executed', parameters: { node: step.nodeId } };
}
