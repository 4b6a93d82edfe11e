import { FlowGraph, type CampaignContext, type Flow } from '@poinciana/campaign-definition';
import type { FlowRun } from '../run/flow-run.js';
import { explainStep, sentence } from './explain-run.js';
import type { Sentence } from './message.js';

/** "Why did she (not) get it": one node of one flow, and what is known of the participant. */
export interface WhyNotQuestion {
  readonly flow: Flow;
  readonly nodeId: string;
  readonly context: CampaignContext;
  /** The participant's runs, oldest first; those of other flows are left out. */
  readonly runs: readonly FlowRun[];
  readonly campaignActive: boolean;
  readonly flowActive: boolean;
  /** She came during a pause, and Start was for newcomers only (A2). */
  readonly leftOutAtStart?: boolean;
}

/**
 * The answer of the latest run that came to the node; else where the latest run on a way to it went another way; else why
 * no run happened at all.
 */
export function explainWhyNot(question: WhyNotQuestion): Sentence {
  const { flow, nodeId } = question;
  const runs = question.runs.filter((run) => run.flowId === flow.id).reverse();
  const node = flow.nodes.find((candidate) => candidate.id === nodeId)?.name ?? nodeId;
  return (
    findReached(runs, question, node) ?? findParting(runs, question, node) ?? neverRan(question, node, runs.length > 0)
  );
}

function findReached(
  runs: readonly FlowRun[],
  { flow, nodeId, context }: WhyNotQuestion,
  node: string,
): Sentence | undefined {
  for (const run of runs) {
    const index = run.steps.findIndex((step) => step.nodeId === nodeId);
    if (index < 0) continue;
    return because('why_sent', node, explainStep(run, index, flow, context));
  }
  return undefined;
}

/** The last step of a run from which an output that was not taken leads to the node. */
function findParting(
  runs: readonly FlowRun[],
  { flow, nodeId, context }: WhyNotQuestion,
  node: string,
): Sentence | undefined {
  const graph = new FlowGraph(flow);
  const leadingThere = nodesLeadingTo(nodeId, flow);
  for (const run of runs) {
    for (let index = run.steps.length - 1; index >= 0; index--) {
      const step = run.steps[index];
      if (step === undefined) continue;
      const missed = graph.edges(step.nodeId).some((edge) => edge.output !== step.output && leadingThere.has(edge.to));
      if (missed) return because('why_stopped', node, explainStep(run, index, flow, context));
    }
  }
  return undefined;
}

function nodesLeadingTo(nodeId: string, flow: Flow): ReadonlySet<string> {
  const found = new Set([nodeId]);
  for (const id of found) for (const edge of flow.edges) if (edge.to === id) found.add(edge.from);
  return found;
}

function because(code: string, node: string, step: Sentence): Sentence {
  const told = sentence({ code, parameters: { node, reason: step.text } });
  return { ...step, code, parameters: told.parameters, text: told.text };
}

function neverRan(question: WhyNotQuestion, node: string, hasRuns: boolean): Sentence {
  const parameters = { flow: question.flow.name, node };
  if (hasRuns) return sentence({ code: 'why_other_branch', parameters });
  if (!question.campaignActive) return sentence({ code: 'why_campaign_inactive', parameters });
  if (!question.flowActive) return sentence({ code: 'why_flow_inactive', parameters });
  if (question.leftOutAtStart === true) return sentence({ code: 'why_newcomers_only', parameters });
  return sentence({ code: 'why_not_triggered', parameters });
}
