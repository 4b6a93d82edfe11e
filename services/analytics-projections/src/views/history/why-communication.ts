import {
  type Activation,
  activationAt,
  currentActivation,
  type Flow,
  nodeType,
  reason,
} from '@poinciana/campaign-definition';
import type { communication as contract } from '@poinciana/contracts';
import { explainWhyNot, type FlowRun, type Sentence } from '@poinciana/flow-engine';
import { flowOf, newestFlow } from '../../definitions/definitions.js';
import { ofThisLife } from './contact-sentence.js';
import { engineRun } from './engine-run.js';
import { completedOf, type ParticipantHistory } from './participant-history.js';
import { channelTitle, reasonText, say, type Telling, timingText, zoned } from './told.js';

/** `sent`; `planned` and waiting; `reached` the node; `reason`: coded; `stopped` at a check; `notTriggered`; `unknown`: nothing sends it. */
export type WhyAnswerKind = 'sent' | 'reached' | 'planned' | 'reason' | 'stopped' | 'notTriggered' | 'unknown';

/** Why she did or did not get a communication, or come to a node. */
export interface WhyAnswer {
  /** null for a node that plans none. */
  readonly communication: string | null;
  readonly answer: WhyAnswerKind;
  readonly sentence: string;
  readonly code: string | null;
  readonly advice: string;
  readonly flowId: string | null;
  readonly nodeId: string | null;
  readonly communicationId: string | null;
}

/** Why a participant did or did not get the communication of that name, in the life that she is in. */
export function whyCommunicationNamed(name: string, history: ParticipantHistory, telling: Telling): WhyAnswer {
  const own = ofThisLife(history).filter((communication) => communication.name === name);
  const made = own.findLast(({ startedAt }) => startedAt !== undefined) ?? own.at(-1);
  return made === undefined ? whyNeverMade(name, history, telling) : whyMade(made, telling);
}

function whyMade(made: contract.Communication, telling: Telling): WhyAnswer {
  const { id, name, flowId, nodeId, status, code, sendAt, startedAt, channelType } = made;
  const why = code === undefined ? { code: null, advice: '' } : { code, advice: reason(code).advice };
  const parameters = { name, status, channel: channelTitle(channelType), reason: reasonText(code) };
  const answer = (kind: WhyAnswerKind, sentence: string): WhyAnswer => ({
    communication: name,
    answer: kind,
    sentence,
    ...why,
    flowId,
    nodeId,
    communicationId: id,
  });
  if (startedAt !== undefined) {
    return answer(
      'sent',
      `${say('sent', { ...parameters, at: zoned(startedAt, telling) })} ${parameters.reason}`.trim(),
    );
  }
  if (status !== 'Planned')
    return answer('reason', say(code === undefined ? 'ended_unsent' : 'ended_unsent_because', parameters));
  if (code !== undefined) return answer('planned', say('planned_waiting', parameters));
  return answer(
    'planned',
    say('planned', { ...parameters, at: zoned(sendAt, telling), because: timingText(made.timing) }),
  );
}

/** A node that would plan the communication, in a version of its flow, with the runs that took this version. */
export interface Candidate {
  readonly flow: Flow;
  readonly nodeId: string;
  readonly runs: readonly FlowRun[];
}

/** How much an explanation tells, the most first: came to the node, turned off before it, another branch, no run. */
const TELLING_CODES = ['why_sent', 'why_stopped', 'why_other_branch'];

function whyNeverMade(name: string, history: ParticipantHistory, telling: Telling): WhyAnswer {
  const told = candidates(name, history, telling).map(({ flow, nodeId, runs }) => ({
    flow,
    nodeId,
    sentence: whyNotAt({ flow, nodeId, runs }, history, telling),
  }));
  const best = told.toSorted((one, other) => rank(one.sentence) - rank(other.sentence))[0];
  if (best === undefined) {
    return {
      communication: name,
      answer: 'unknown',
      sentence: say('never_planned', { name }),
      code: null,
      advice: '',
      flowId: null,
      nodeId: null,
      communicationId: null,
    };
  }
  return answerOf(name, best.flow.id, best.nodeId, best.sentence);
}

/** What the engine says of a node for the runs of a participant. */
export function whyNotAt({ flow, nodeId, runs }: Candidate, history: ParticipantHistory, telling: Telling): Sentence {
  const { campaign, context } = telling;
  const active = currentActivation(campaign);
  return explainWhyNot({
    flow,
    nodeId,
    context,
    runs,
    campaignActive: active !== undefined,
    flowActive: active?.flows.some(({ flowId }) => flowId === flow.id) ?? false,
    leftOutAtStart: wasLeftOut(history, telling),
  });
}

function rank({ code }: Sentence): number {
  const index = TELLING_CODES.indexOf(code);
  return index < 0 ? TELLING_CODES.length : index;
}

function answerOf(name: string, flowId: string, nodeId: string, sentence: Sentence): WhyAnswer {
  const { code, reasonCode = null, advice } = sentence;
  const answer = code === 'why_sent' ? 'reason' : code === 'why_stopped' ? 'stopped' : 'notTriggered';
  const text =
    answer === 'reason' && reasonCode !== null
      ? say('not_planned', { name, reason: reasonText(reasonCode) })
      : sentence.text;
  return {
    communication: name,
    answer,
    sentence: text,
    code: reasonCode,
    advice,
    flowId,
    nodeId,
    communicationId: null,
  };
}

/** Every node of the campaign that plans it: in the version that the participant's last run of the flow took, else the newest. */
function candidates(
  name: string,
  { runs, participant }: ParticipantHistory,
  { campaign }: Telling,
): readonly Candidate[] {
  const ofLife = runsOfThisLife({ runs, participant });
  return Object.keys(campaign.flowVersions).flatMap((flowId) => {
    const last = ofLife.findLast((run) => run.flowId === flowId && run.flowVersion > 0);
    const tried = [
      last === undefined ? undefined : flowOf(campaign, flowId, last.flowVersion),
      newestFlow(campaign, flowId),
    ];
    const flow = tried.find((each) => each !== undefined && nodeOf(each, name) !== undefined);
    const nodeId = flow === undefined ? undefined : nodeOf(flow, name);
    if (flow === undefined || nodeId === undefined) return [];
    const ofVersion = flow === tried[0] ? ofLife.filter((run) => run.flowVersion === last?.flowVersion) : [];
    return [{ flow, nodeId, runs: ofVersion }];
  });
}

export function runsOfThisLife({
  runs,
  participant,
}: Pick<ParticipantHistory, 'runs' | 'participant'>): readonly FlowRun[] {
  return runs.filter((event) => (completedOf(event).run.life ?? 1) === participant.life).map(engineRun);
}

/** The node of a flow that plans the communication of that name. */
function nodeOf(flow: Flow, name: string): string | undefined {
  return flow.nodes.find((node) => communicationNameOf(node) === name)?.id;
}

/** The name of the communication that a node plans, if it plans one. */
export function communicationNameOf({ type, settings }: Flow['nodes'][number]): string | undefined {
  const draft: { readonly communicationName?: unknown } = nodeType(type)?.readSettings(settings).draft ?? {};
  return typeof draft.communicationName === 'string' ? draft.communicationName : undefined;
}

/** She came during a pause, and the Start after it was for newcomers only (A2). */
function wasLeftOut({ events }: ParticipantHistory, { campaign }: Telling): boolean {
  const created = events.findLast(({ type }) => type === 'ParticipantCreated');
  if (created === undefined || activationAt(campaign, created.position) !== undefined) return false;
  const next: Activation | undefined = campaign.activations.find(
    ({ startedAt }) => startedAt.number > created.position.number,
  );
  return next?.pauseAnswer === 'newcomersOnly';
}
