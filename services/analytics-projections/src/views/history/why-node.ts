import type { Flow } from '@poinciana/campaign-definition';
import { flowOf, newestFlow } from '../../definitions/definitions.js';
import { ofThisLife } from './contact-sentence.js';
import type { ParticipantHistory } from './participant-history.js';
import { say, type Telling } from './told.js';
import {
  type Candidate,
  communicationNameOf,
  runsOfThisLife,
  type WhyAnswer,
  type WhyAnswerKind,
  whyCommunicationNamed,
  whyNotAt,
} from './why-communication.js';

/**
 * Why a participant did or did not come to a node: in the version of its flow that her last run took, else in the newest. A node
 * that plans a communication is answered by what became of that.
 */
export function whyNode(flowId: string, nodeId: string, history: ParticipantHistory, telling: Telling): WhyAnswer {
  const runs = runsOfThisLife(history).filter((run) => run.flowId === flowId);
  const last = runs.findLast(({ flowVersion }) => flowVersion > 0)?.flowVersion;
  const found = findNode(flowId, nodeId, last, telling);
  if (found === undefined) {
    const newest = newestFlow(telling.campaign, flowId);
    return answer('unknown', say('no_node', { flow: newest?.name ?? flowId }), flowId, nodeId);
  }
  const { flow, name } = found;
  if (name !== undefined && ofThisLife(history).some((made) => made.name === name && made.nodeId === nodeId))
    return whyCommunicationNamed(name, history, telling);
  const ofVersion = found.isTaken ? runs.filter(({ flowVersion }) => flowVersion === last) : [];
  return { ...fromEngine({ flow, nodeId, runs: ofVersion }, history, telling), communication: name ?? null };
}

interface FoundNode {
  readonly flow: Flow;
  /** Whether this is the version that the last run took. */
  readonly isTaken: boolean;
  /** Of the communication that it plans. */
  readonly name: string | undefined;
}

function findNode(
  flowId: string,
  nodeId: string,
  last: number | undefined,
  { campaign }: Telling,
): FoundNode | undefined {
  const taken = last === undefined ? undefined : flowOf(campaign, flowId, last);
  for (const flow of [taken, newestFlow(campaign, flowId)]) {
    const node = flow?.nodes.find(({ id }) => id === nodeId);
    if (flow !== undefined && node !== undefined)
      return { flow, isTaken: flow === taken, name: communicationNameOf(node) };
  }
  return undefined;
}

function fromEngine(candidate: Candidate, history: ParticipantHistory, telling: Telling): WhyAnswer {
  const { code, text, reasonCode = null, advice } = whyNotAt(candidate, history, telling);
  const said = answer(KINDS[code] ?? 'notTriggered', text, candidate.flow.id, candidate.nodeId);
  return { ...said, code: reasonCode, advice };
}

const KINDS: Readonly<Record<string, WhyAnswerKind>> = { why_sent: 'reached', why_stopped: 'stopped' };

function answer(kind: WhyAnswerKind, sentence: string, flowId: string, nodeId: string): WhyAnswer {
  return { communication: null, answer: kind, sentence, code: null, advice: '', flowId, nodeId, communicationId: null };
}
