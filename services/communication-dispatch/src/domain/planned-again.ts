import { type CommunicationPersonal, type KnownCommunication } from './communication.js';
import type { PlanCommunication, PlannedFacts } from './communication-commands.js';
import { beforeOf, nextWindow, type SendWindow } from './next-window.js';

/** An exact time has no window: what is tried again then, is tried at once, as late as an exact time may be (A10). */
const EXACT_WINDOW_MS = 15 * 60_000;

/**
 * The plan of a communication that failed, for a new one in the next window with the same hours; `undefined` where there is none before
 * the thing that it reminds of (A92).
 */
export function plannedAgain(
  state: KnownCommunication,
  personal: CommunicationPersonal,
  id: string,
  at: string,
): PlanCommunication | undefined {
  const window = windowAgain(state, at);
  if (window === undefined) return undefined;
  const { campaignId, participantId, customerId, flowId, flowVersion, runId, nodeId, name, agentId } = state.facts;
  const { channelId, channelType, durationMs, timing, templateName, templateLanguage, life, hop } = state.facts;
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
    ...window,
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

function windowAgain(state: KnownCommunication, at: string): SendWindow | undefined {
  const { timing } = state.facts;
  if (timing['from'] !== undefined) return nextWindow(state, at);
  const before = beforeOf(timing);
  const windowEnd = Math.min(Date.parse(at) + EXACT_WINDOW_MS, before);
  return Date.parse(at) < windowEnd ? { sendAt: at, windowEnd: new Date(windowEnd).toISOString() } : undefined;
}
