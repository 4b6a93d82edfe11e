import type { KnownCampaign } from '@poinciana/campaign-definition';
import { COMMUNICATION_STATUSES, statusGroup } from '@poinciana/campaign-definition';
import type { JsonValue } from '@poinciana/contracts';
import type { ContactSummary } from '../communications/communication-view.js';
import type { ParticipantLine } from './participant-view.js';

/** A participant's communications in short, as lists and details show them. */
export interface ParticipantContacts {
  readonly communications: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly groups: { readonly inProgress: number; readonly successful: number; readonly notCompleted: number };
  readonly lastContact: ContactSummary['lastContact'] | null;
  /** Result, and Result Date & Time (A75). */
  readonly outcome: ContactSummary['outcome'] | null;
}

export interface ParticipantItem extends ParticipantContacts {
  readonly id: string;
  readonly customerId: string;
  readonly objectId: string;
  readonly name: JsonValue;
  readonly email: JsonValue;
  readonly phone: JsonValue;
  readonly externalId: JsonValue;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface FieldValueItem {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly level: string;
  /** null: not set. */
  readonly value: JsonValue;
}

export interface ParticipantDetails extends ParticipantItem {
  readonly campaignId: string;
  readonly timeZone: string | null;
  readonly uploadIds: readonly string[];
  /** In the order of the Data tab. */
  readonly fields: readonly FieldValueItem[];
}

export function participantItem(line: ParticipantLine, summary: ContactSummary | undefined): ParticipantItem {
  const { id, customerId, objectId, createdAt, updatedAt } = line;
  return {
    id,
    customerId,
    objectId,
    name: valueOf(line, 'name'),
    email: valueOf(line, 'email'),
    phone: valueOf(line, 'phone'),
    externalId: valueOf(line, 'external_id'),
    createdAt,
    updatedAt,
    ...contactsOf(summary),
  };
}

export function participantDetails(
  line: ParticipantLine,
  summary: ContactSummary | undefined,
  campaign: KnownCampaign,
): ParticipantDetails {
  const { campaignId, timeZone, uploadIds } = line;
  const fields = campaign.fields.map(({ name, title, type, level }) => ({
    name,
    title,
    type,
    level,
    value: valueOf(line, name),
  }));
  return { ...participantItem(line, summary), campaignId, timeZone, uploadIds, fields };
}

function contactsOf(summary: ContactSummary | undefined): ParticipantContacts {
  const statuses = summary?.statuses ?? {};
  const groups = { inProgress: 0, successful: 0, notCompleted: 0 };
  for (const status of COMMUNICATION_STATUSES) groups[statusGroup(status)] += statuses[status] ?? 0;
  const communications = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return {
    communications,
    statuses,
    groups,
    lastContact: summary?.lastContact ?? null,
    outcome: summary?.outcome ?? null,
  };
}

/** A field may be called `constructor`, so only own members count. */
function valueOf({ values }: ParticipantLine, name: string): JsonValue {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}
