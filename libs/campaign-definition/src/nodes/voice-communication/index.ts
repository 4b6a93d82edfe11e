import type { CampaignContext } from '../../campaign-context.js';
import { findProperty, propertyTitle, type PropertyReference } from '../../values/property.js';
import { OUT, type NodeCheck, type NodeType } from '../node-type.js';
import { checkOutbound } from '../outbound/check-outbound.js';
import { describeBase, summarizeOutbound } from '../outbound/describe-outbound.js';
import { readOutbound, type OutboundSettings } from '../outbound/outbound-settings.js';
import { readWindowSchedule, type WindowSchedule } from '../outbound/schedule-settings.js';
import { readProperty } from '../read-values.js';
import { SettingsReader, type Draft } from '../settings-reader.js';
import {
  checkExactTime,
  EXACT_TIME_TOLERANCE_MINUTES,
  readExactTime,
  TOLERANCE_MINUTES_MAX,
  type ExactTime,
} from './exact-time.js';
import { readSipParameters, readSipServer, type SipParameter } from './sip-settings.js';

export const VOICE_SCHEDULES = ['optimized', 'exact'] as const;
export type VoiceSchedule = (typeof VOICE_SCHEDULES)[number];

export interface VoiceSettings extends OutboundSettings, Partial<WindowSchedule> {
  /** The field that holds the number to dial. */
  readonly phoneField: PropertyReference;
  readonly sipServer: string;
  readonly sipParameters: readonly SipParameter[];
  /** Use Exact Date & Time, or Optimize Delivery Time: a base date and hours. */
  readonly schedule: VoiceSchedule;
  readonly exactTime?: ExactTime | undefined;
  readonly toleranceMinutes: number;
}

export const voiceCommunication: NodeType<VoiceSettings> = {
  type: 'voice-communication',
  kind: 'action',
  title: 'Voice Communication',
  howItWorks: 'Plans a call through a voice agent, at an exact time or within the Communication Hours.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    const draft = {
      ...readOutbound(reader),
      ...readSchedule(reader),
      phoneField: reader.has('phoneField')
        ? readProperty(reader, 'phoneField', 'Phone')
        : reader.missing('phoneField', 'Phone'),
      sipServer: readSipServer(reader),
      sipParameters: readSipParameters(reader),
    };
    return { draft, problems: reader.problems };
  },
  check: (settings, check) => {
    checkOutbound(settings, 'voice', check);
    if (settings.phoneField) checkPhoneField(settings.phoneField, check);
    if (settings.exactTime) checkExactTime(settings.exactTime, check);
  },
  summary: (settings, context) => summarizeOutbound(settings, context, describeCall(settings, context)),
  message: ({ sipServer, sipParameters = [] }) =>
    sipServer === undefined ? undefined : { channelType: 'voice', sipServer, sipParameters },
};

function readSchedule(reader: SettingsReader): Draft<VoiceSettings> {
  const schedule = reader.choice('schedule', 'Schedule', VOICE_SCHEDULES) ?? 'optimized';
  if (schedule === 'optimized') return { schedule, ...readWindowSchedule(reader) };
  const toleranceMinutes =
    reader.number('toleranceMinutes', 'At most so many minutes late', 1, TOLERANCE_MINUTES_MAX) ??
    EXACT_TIME_TOLERANCE_MINUTES;
  return { schedule, exactTime: readExactTime(reader), toleranceMinutes };
}

function checkPhoneField(reference: PropertyReference, check: NodeCheck): void {
  const { property, code } = findProperty(reference, check.context);
  if (property === undefined) return check.add(code, 'phoneField', { field: reference.name });
  if (property.type !== 'phone')
    check.add('type_mismatch', 'phoneField', { field: property.title, type: property.type, expected: 'phone' });
}

function describeCall({ exactTime, phoneField }: Draft<VoiceSettings>, context: CampaignContext): string {
  const time = exactTime?.source === 'static' ? exactTime.value : describeBase(exactTime, context);
  const number = phoneField && `to ${propertyTitle(phoneField, context)}`;
  return [time, number].filter((part) => part !== undefined).join(', ');
}
