import type { CampaignContext } from '../../campaign-context.js';
import { describeOffset } from '../../values/offset.js';
import { propertyTitle } from '../../values/property.js';
import type { Draft } from '../settings-reader.js';
import type { OutboundSettings } from './outbound-settings.js';
import type { BaseDate, CommunicationHours, WindowSchedule } from './schedule-settings.js';

/** `REMINDED, Collections Bot, Due Date − 2 days, 10:00–18:00`. */
export function summarizeOutbound(
  settings: Draft<OutboundSettings & WindowSchedule>,
  context: CampaignContext,
  ...more: readonly (string | undefined)[]
): string {
  const agent = context.agents.find((candidate) => candidate.id === settings.agentId)?.name;
  const parts = [
    settings.communicationName,
    agent,
    describeBase(settings.baseDate, context),
    describeHours(settings.hours),
    ...more,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

export function describeBase(base: BaseDate | undefined, context: CampaignContext): string | undefined {
  if (base === undefined) return undefined;
  const start = base.source === 'today' ? 'Today' : propertyTitle(base.property, context);
  return start + describeOffset(base.offset);
}

function describeHours(hours: CommunicationHours | undefined): string | undefined {
  if (hours === undefined) return undefined;
  return hours.mode === 'best' ? 'best time to contact' : `${hours.from}–${hours.to}`;
}
