import {
  type CampaignContext,
  type KnownCampaign,
  type MessageParameters,
  nodeType,
  reason,
  render,
} from '@poinciana/campaign-definition';
import type { JsonValue } from '@poinciana/contracts';
import { explainTiming } from '@poinciana/flow-engine';
import { CHANNEL_TITLES, HISTORY_MESSAGES } from './history-messages.js';
import { localTime } from './local-time.js';

/** What one needs to tell a participant's history: definitions, and the zones in which times are told. */
export interface Telling {
  readonly campaign: KnownCampaign;
  readonly context: CampaignContext;
  /** Of the participant, else of the workspace. IANA name. */
  readonly zone: string;
  readonly workspaceZone: string;
}

export function say(code: string, parameters: MessageParameters = {}): string {
  return render(HISTORY_MESSAGES, code, parameters);
}

export function channelTitle(type: string): string {
  return Object.hasOwn(CHANNEL_TITLES, type) ? (CHANNEL_TITLES[type] ?? type) : type;
}

/** An instant with the zone it is told in: `20 Nov 2026, 10:00 (Europe/Madrid)`. */
export function zoned(instant: string | undefined, { zone }: Telling): string {
  return instant === undefined ? '' : `${localTime(instant, zone)} (${zone})`;
}

export function triggerTitle(trigger: string): string {
  return nodeType(trigger)?.title ?? trigger;
}

/** Why a communication goes out when it does. */
export function timingText(timing: object): string {
  return explainTiming(timing as Parameters<typeof explainTiming>[0]);
}

/** The sentence of a coded reason. */
export function reasonText(code: string | undefined): string {
  return code === undefined ? '' : reason(code).sentence;
}

export function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') return 'not set';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
