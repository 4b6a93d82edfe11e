import type { PropertyReference } from '../../values/property.js';
import { readProperty } from '../read-values.js';
import type { Draft, SettingsReader } from '../settings-reader.js';

export const REENTRY_MODES = ['inProgress', 'once', 'always'] as const;
/** What a node does when a communication of its name is there already ([W]11). */
export type Reentry = (typeof REENTRY_MODES)[number];

/** What all communication actions have in common, whatever they send and whenever. */
export interface OutboundSettings {
  readonly communicationName: string;
  readonly agentId: string;
  readonly channelId: string;
  /** How long the communication stays open after Started; may be a fraction. */
  readonly durationHours: number;
  readonly customerContext: readonly PropertyReference[];
  readonly reentry: Reentry;
}

export const DURATION_HOURS_MAX = 8_784;
export const CUSTOMER_CONTEXT_MAX = 200;
const COMMUNICATION_NAME = /^[A-Z][A-Z0-9_]{0,63}$/;

export function readOutbound(reader: SettingsReader): Draft<OutboundSettings> {
  return {
    communicationName: readCommunicationName(reader),
    agentId: reader.requiredText('agentId', 'Agent', 64),
    channelId: reader.requiredText('channelId', 'Agent Channel', 64),
    durationHours: readDuration(reader),
    customerContext: readCustomerContext(reader),
    reentry: reader.choice('reentry', 'Repetition', REENTRY_MODES) ?? 'inProgress',
  };
}

function readCommunicationName(reader: SettingsReader): string | undefined {
  const name = reader.requiredText('communicationName', 'Communication Name');
  if (name === undefined) return undefined;
  return COMMUNICATION_NAME.test(name) ? name : reader.invalid('communicationName', 'Communication Name');
}

function readDuration(reader: SettingsReader): number | undefined {
  const title = 'Communication Duration';
  if (!reader.has('durationHours')) return reader.missing('durationHours', title);
  const hours = reader.number('durationHours', title, 0, DURATION_HOURS_MAX);
  return hours !== undefined && Math.round(hours * 3_600_000) < 1 ? reader.invalid('durationHours', title) : hours;
}

function readCustomerContext(reader: SettingsReader): readonly PropertyReference[] {
  const rows = reader.list('customerContext', 'Customer Context', CUSTOMER_CONTEXT_MAX) ?? [];
  return rows.map((row) => readPropertyRow(row)).filter((property) => property !== undefined);
}

function readPropertyRow(row: SettingsReader): PropertyReference | undefined {
  return row.has('property')
    ? readProperty(row, 'property', 'Customer Context')
    : row.missing('property', 'Customer Context');
}
