import { later, type CommunicationPersonal, type KnownCommunication } from './communication.js';
import type { PlanCommunication, PlannedFacts } from './communication-commands.js';
import { nextWindow } from './next-window.js';

/** An exact time has no window: what is tried again then, is tried at once, as late as an exact time may be (A10). */
const EXACT_WINDOW_MS = 15 * 60_000;

/** The plan of a communication that failed, for a new one in the next window with the same hours. */
export function plannedAgain(
  state: KnownCommunication,
  personal: CommunicationPersonal,
  id: string,
  at: string,
): PlanCommunication {
  const { campaignId, participantId, customerId, flowId, flowVersion, runId, nodeId, name, agentId } = state.facts;
  const { channelId, channelType, durationMs, timing, templateName, templateLanguage, life, hop } = state.facts;
  const { sendAt, windowEnd } = nextWindow(state, at) ?? { sendAt: at, windowEnd: later(at, EXACT_WINDOW_MS) };
  const facts: PlannedFacts = {
    id,
    campaignId,
    participantId,
    customerId,
    flowId,
    flowVersion,
    runId,
    nodeId,
    name,
    agentId,
    channelId,
    channelType,
    durationMs,
    timing,
    life,
    hop,
    plannedAt: at,
    sendAt,
    windowEnd,
    ...(templateName === undefined ? {} : { templateName }),
    ...(templateLanguage === undefined ? {} : { templateLanguage }),
  };
  const { address, templateVariables, customerContext } = personal;
  return {
    type: 'PlanCommunication',
    facts,
    personal: { address, templateVariables, customerContext, results: {} },
    at,
  };
}
