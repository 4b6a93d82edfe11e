import {
  PAYMENT_REMINDER_FIELDS,
  PAYMENT_REMINDER_TEMPLATE,
  type Flow,
  paymentReminderFlow,
} from '@poinciana/campaign-definition';
import { type JsonObject, derivedId } from '@poinciana/event-sourcing';
import type { DemoApi } from './demo-api.js';

/** What the demo's things are known by; the same at every start. */
export const DEMO = {
  channelId: derivedId('demo', 'channel'),
  agentId: derivedId('demo', 'agent'),
  flowId: derivedId('demo', 'flow'),
  phoneNumberId: '100000000000001',
  accessToken: 'demo-access-token',
  appSecret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
  campaignName: 'Payment reminder',
} as const;

/** How long a conversation stays open unless told otherwise: short, so that silence is seen to have an end. */
export const DEMO_DURATION_SECONDS = 20;
const SECONDS_AN_HOUR = 3_600;
const WORKSPACE_ZONE = 'Europe/Madrid';

/** What differs from one demo to another. */
export interface DemoTerms {
  /** The base address of the WhatsApp Cloud API. */
  readonly providerUrl: string;
  readonly durationSeconds: number;
}

/** Defines everything up to an active flow, and answers the campaign's id. Repeated, it changes nothing but the channel's address. */
export async function defineDemo(api: DemoApi, terms: DemoTerms): Promise<string> {
  await api.json('/api/config/workspace', put({ name: 'Demo', timeZone: WORKSPACE_ZONE }));
  await api.json(`/api/config/workspace/channels/${DEMO.channelId}`, put(channelOf(terms)));
  await api.json(`/api/config/workspace/agents/${DEMO.agentId}`, put(agent()));
  const description = 'The demo: simulated people are reminded of what they owe.';
  const wanted = {
    method: 'POST',
    body: { name: DEMO.campaignName, description },
    idempotencyKey: 'demo-campaign',
  } as const;
  const { id } = await api.json<{ readonly id: string }>('/api/config/campaigns', wanted);
  const fields = PAYMENT_REMINDER_FIELDS.map((field) => ({ ...field }));
  await api.json(`/api/config/campaigns/${id}/fields`, { ...put({ fields }), idempotencyKey: 'demo-fields' });
  const { name, nodes, edges } = demoFlow(terms);
  const drawn = {
    name,
    nodes: nodes as readonly object[] as JsonObject[],
    edges: edges as readonly object[] as JsonObject[],
  };
  await api.json(`/api/config/campaigns/${id}/flows/${DEMO.flowId}`, { ...put(drawn), idempotencyKey: 'demo-flow' });
  await api.json(`/api/config/campaigns/${id}/flows/${DEMO.flowId}/activate`, {
    method: 'POST',
    idempotencyKey: 'demo-activate',
  });
  return id;
}

/** The flow, sending at any time of day, the early reminder at once. */
function demoFlow({ durationSeconds }: DemoTerms): Flow {
  return paymentReminderFlow({
    flowId: DEMO.flowId,
    agentId: DEMO.agentId,
    channelId: DEMO.channelId,
    durationHours: durationSeconds / SECONDS_AN_HOUR,
    hours: { from: '00:00', to: '24:00' },
    earlyBaseDate: { source: 'today' },
  });
}

function put(body: JsonObject): { readonly method: 'PUT'; readonly body: JsonObject } {
  return { method: 'PUT', body };
}

function channelOf({ providerUrl }: DemoTerms): JsonObject {
  return {
    name: 'Simulated WhatsApp',
    type: 'whatsapp',
    running: true,
    settings: { baseUrl: providerUrl, phoneNumberId: DEMO.phoneNumberId },
    secrets: { accessToken: DEMO.accessToken, appSecret: DEMO.appSecret, verifyToken: DEMO.verifyToken },
    templates: [{ ...PAYMENT_REMINDER_TEMPLATE, variables: [...PAYMENT_REMINDER_TEMPLATE.variables] }],
  };
}

/** Whoever says that they pay is done; whoever asks something stays until the end of the duration. */
function agent(): JsonObject {
  return {
    name: 'Collections Bot',
    runtime: 'scripted',
    channelIds: [DEMO.channelId],
    results: [{ name: 'result', type: 'enumeration', enumerationValues: ['promised', 'already_paid'] }],
    script: {
      rules: [
        { contains: 'pay today', results: { result: 'promised' }, close: true },
        { contains: 'already paid', results: { result: 'already_paid' }, close: true },
      ],
    },
  };
}
