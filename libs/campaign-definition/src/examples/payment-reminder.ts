import type { CampaignContext, ChannelDefinition, AgentDefinition } from '../campaign-context.js';
import { SYSTEM_FIELDS, type FieldDefinition } from '../fields/field-definition.js';
import type { Flow, FlowNode } from '../flow/flow.js';
import type { JsonObject } from '../json.js';

/** Everything of the example that differs from place to place. */
export interface PaymentReminderIds {
  readonly flowId: string;
  readonly agentId: string;
  readonly channelId: string;
  /** How long a communication stays open, in hours; a day when absent. */
  readonly durationHours?: number;
  /** Local hours of sending; 09:00 to 18:00 when absent. */
  readonly hours?: { readonly from: string; readonly to: string };
  /** What the early reminder is timed by; two days before the due date when absent. */
  readonly earlyBaseDate?: JsonObject;
}

function participantField(name: string, title: string, type: FieldDefinition['type']): FieldDefinition {
  return { name, title, description: '', type, level: 'participant', import: true, required: false, locked: false };
}

/** The fields of the example, behind the system fields. */
export const PAYMENT_REMINDER_FIELDS: readonly FieldDefinition[] = [
  ...SYSTEM_FIELDS,
  participantField('is_payment_received', 'Is Payment Received', 'boolean'),
  participantField('due_date', 'Due Date', 'date'),
  participantField('amount', 'Amount', 'numeric'),
];

/** The approved template that all reminders use. */
export const PAYMENT_REMINDER_TEMPLATE = {
  name: 'payment_reminder',
  language: 'en',
  body: 'Hello {{name}}, your payment is due on {{due_date}}.',
  variables: ['name', 'due_date'],
} as const;

/**
 * The flow "Payment reminder": three days or more before the due date an early reminder, up to the due date a final one,
 * nothing more once it is paid; and one follow-up when the final reminder ends without a response.
 */
export function paymentReminderFlow(ids: PaymentReminderIds): Flow {
  return {
    id: ids.flowId,
    name: 'Payment reminder',
    nodes: [
      trigger('created', 'participant-created', 'Participant Created'),
      fieldCheck('is-paid', 'Is Payment Received', {
        property: { group: 'participant', name: 'is_payment_received' },
        operator: 'isEqualTo',
        value: { source: 'static', value: false },
      }),
      {
        id: 'stop-outreach',
        type: 'cancel-communications',
        name: 'Cancel Communications',
        settings: {},
        layout: { x: 480, y: 240 },
      },
      dueDateCheck('due-in-3-days', 'Due in 3 days or later', 3),
      reminder('remind-before', 'Early reminder', 'REMINDED_BEFORE_2D', ids.earlyBaseDate ?? TWO_DAYS_BEFORE, ids),
      dueDateCheck('due-today-or-later', 'Due today or later', 0),
      reminder(
        'remind-due-date',
        'Final reminder',
        'REMINDED_DUE_DATE',
        { source: 'property', property: DUE_DATE },
        ids,
      ),
      trigger('ended', 'communication-ended', 'Communication Ended'),
      fieldCheck('no-response', 'No response', {
        property: { group: 'communication', name: 'status' },
        operator: 'isEqualTo',
        value: { source: 'static', value: 'NoResponse' },
      }),
      fieldCheck('was-final-reminder', 'Was the final reminder', {
        property: { group: 'communication', name: 'name' },
        operator: 'isEqualTo',
        value: { source: 'static', value: 'REMINDED_DUE_DATE' },
      }),
      reminder('follow-up', 'Follow-up', 'FOLLOWED_UP', { source: 'today' }, ids),
    ],
    edges: [
      { from: 'created', output: 'out', to: 'is-paid' },
      { from: 'is-paid', output: 'match', to: 'due-in-3-days' },
      { from: 'is-paid', output: 'else', to: 'stop-outreach' },
      { from: 'due-in-3-days', output: 'match', to: 'remind-before' },
      { from: 'due-in-3-days', output: 'else', to: 'due-today-or-later' },
      { from: 'due-today-or-later', output: 'match', to: 'remind-due-date' },
      { from: 'ended', output: 'out', to: 'no-response' },
      { from: 'no-response', output: 'match', to: 'was-final-reminder' },
      { from: 'was-final-reminder', output: 'match', to: 'follow-up' },
    ],
  };
}

const DUE_DATE = { group: 'participant', name: 'due_date' } as const;
const TWO_DAYS_BEFORE = { source: 'property', property: DUE_DATE, offset: { days: -2 } } as const;

function trigger(id: string, type: string, name: string): FlowNode {
  return { id, type, name, settings: {} };
}

function fieldCheck(id: string, name: string, settings: JsonObject): FlowNode {
  return { id, type: 'field-check', name, settings };
}

function dueDateCheck(id: string, name: string, days: number): FlowNode {
  return fieldCheck(id, name, {
    property: DUE_DATE,
    operator: 'isOnOrAfter',
    value: { source: 'today', offset: { days } },
  });
}

function reminder(
  id: string,
  name: string,
  communicationName: string,
  baseDate: JsonObject,
  ids: PaymentReminderIds,
): FlowNode {
  return {
    id,
    type: 'whatsapp-communication',
    name,
    settings: {
      communicationName,
      agentId: ids.agentId,
      channelId: ids.channelId,
      baseDate,
      hours: { mode: 'window', from: ids.hours?.from ?? '09:00', to: ids.hours?.to ?? '18:00' },
      durationHours: ids.durationHours ?? 24,
      customerContext: [{ property: { group: 'participant', name: 'amount' } }, { property: DUE_DATE }],
      reentry: 'inProgress',
      template: {
        name: PAYMENT_REMINDER_TEMPLATE.name,
        language: PAYMENT_REMINDER_TEMPLATE.language,
        variables: [
          { variable: 'name', value: { source: 'property', property: { group: 'customer', name: 'name' } } },
          { variable: 'due_date', value: { source: 'property', property: DUE_DATE } },
        ],
      },
    },
  };
}

/** An agent and a WhatsApp channel that the flow can use, with its fields: enough to check and to run it. */
export function paymentReminderContext(ids: PaymentReminderIds): CampaignContext {
  const channel: ChannelDefinition = {
    id: ids.channelId,
    name: 'Collections WhatsApp',
    type: 'whatsapp',
    running: true,
    templates: [PAYMENT_REMINDER_TEMPLATE],
  };
  const agent: AgentDefinition = { id: ids.agentId, name: 'Collections Bot', channelIds: [ids.channelId], results: [] };
  return { fields: PAYMENT_REMINDER_FIELDS, agents: [agent], channels: [channel], flows: [] };
}
