import {
  PAYMENT_REMINDER_FIELDS,
  PAYMENT_REMINDER_TEMPLATE,
  paymentReminderFlow,
} from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { type CampaignEvent, headOf, noCampaign } from './campaign.js';
import { initialFields } from './campaign-fields.js';
import { type Workspace, emptyWorkspace } from './workspace.js';

/** A campaign, its flow and a workspace for specs. */
export const SAMPLE = {
  campaignId: '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f10',
  flowId: '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f11',
  agentId: '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f12',
  channelId: '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f13',
} as const;

export const sampleHead = headOf(noCampaign, { id: SAMPLE.campaignId, name: 'Payment reminder', description: '' });

export const sampleCreated: CampaignEvent = {
  type: 'CampaignCreated',
  data: { campaign: sampleHead, fields: initialFields() },
};

export const sampleFields: readonly contract.Field[] = PAYMENT_REMINDER_FIELDS.map((field) => ({
  ...field,
  enumerationValues: [...(field.enumerationValues ?? [])],
}));

export const sampleFlow = paymentReminderFlow(SAMPLE) as contract.Flow;

export function fieldsDefined(fields: readonly contract.Field[] = sampleFields): CampaignEvent {
  return { type: 'FieldsDefined', data: { campaign: sampleHead, fields } };
}

export function flowSaved(version: number, flow: contract.Flow = sampleFlow, note = ''): CampaignEvent {
  return { type: 'FlowSaved', data: { campaign: sampleHead, flow, version, note } };
}

export function started(generation = 1): CampaignEvent {
  const flows = [{ flowId: SAMPLE.flowId, version: 1 }];
  const campaign = { ...sampleHead, status: 'Active' };
  return { type: 'CampaignStarted', data: { campaign, flows, pauseAnswer: 'run', overdueAnswer: 'skip', generation } };
}

/** A workspace in which the sample flow can be activated. */
export const sampleWorkspace: Workspace = {
  ...emptyWorkspace,
  agents: [
    {
      id: SAMPLE.agentId,
      name: 'Collections Bot',
      runtime: 'scripted',
      channelIds: [SAMPLE.channelId],
      results: [],
      inbound: false,
    },
  ],
  channels: [
    {
      id: SAMPLE.channelId,
      name: 'WhatsApp',
      type: 'whatsapp',
      running: true,
      settings: {},
      encryptedSecrets: {},
      templates: [PAYMENT_REMINDER_TEMPLATE],
    },
  ],
};
