import type { flowRuns, JsonObject, workspace } from '@poinciana/contracts';
import { derivedId, type NewEvent } from '@poinciana/event-sourcing';
import { Secret, sealSecret } from '@poinciana/service-kit';

export const WORKSPACE = 'aaaaaaaa-0000-4000-8000-000000000001';
export const CAMPAIGN = 'aaaaaaaa-0000-4000-8000-000000000002';
export const CHANNEL = 'aaaaaaaa-0000-4000-8000-000000000003';
export const AGENT = 'aaaaaaaa-0000-4000-8000-000000000004';
export const CUSTOMER = 'aaaaaaaa-0000-4000-8000-000000000005';
export const secretsKey = 'a key for tests that is long enough';

const sealed = (text: string): string => sealSecret(new Secret(secretsKey), text);

export function channelOf(settings: Readonly<Record<string, string>> = {}): workspace.Channel {
  return {
    id: CHANNEL,
    name: 'WhatsApp',
    type: 'whatsapp',
    running: true,
    settings: { phoneNumberId: '123456', ...settings },
    encryptedSecrets: { accessToken: sealed('access'), appSecret: sealed('app'), verifyToken: sealed('verify') },
    templates: [
      {
        name: 'payment_reminder',
        language: 'en',
        body: 'Hello {{1}}, your payment of {{2}} is due on {{3}}.',
        variables: ['name', 'amount', 'due'],
      },
    ],
  };
}

const AGENT_OF_TESTS: workspace.Agent = {
  id: AGENT,
  name: 'Collections',
  runtime: 'scripted',
  channelIds: [CHANNEL],
  results: [{ name: 'paid', type: 'boolean', enumerationValues: [] }],
  inbound: true,
  script: {
    rules: [
      { contains: 'tomorrow', results: { paid: 'no' } },
      { contains: 'paid', results: { paid: 'yes', nonsense: 1 }, answer: 'Thank you', close: true },
      { contains: 'question', answer: 'Ask me' },
    ],
  },
};

export function agentOfTests(): workspace.Agent {
  return AGENT_OF_TESTS;
}

export function workspaceEvents(channel: workspace.Channel = channelOf()): readonly NewEvent[] {
  const saved: readonly (readonly [string, object])[] = [
    ['WorkspaceSettingsSaved', { name: 'Tests', timeZone: 'UTC' }],
    ['ChannelSaved', { channel }],
    ['AgentSaved', { agent: AGENT_OF_TESTS }],
  ];
  return saved.map(([type, data], index) => envelope(derivedId('workspace event', index), WORKSPACE, type, data));
}

/** A communication that a test asks for. */
export interface AskedPlan {
  readonly id: string;
  readonly address: string;
  readonly sendAt?: string;
  readonly windowEnd?: string;
  readonly durationMs?: number;
  readonly skipCode?: string;
  readonly timing?: JsonObject;
  /** Where it is sent, and which node says what; WhatsApp and its reminder when absent. */
  readonly channel?: { readonly id: string; readonly type: string; readonly nodeId: string; readonly flowId: string };
}

/** Within hours, and at an exact time. */
const IN_HOURS: JsonObject = {
  code: 'at_window_start',
  zone: 'UTC',
  day: '2026-03-02',
  from: '09:00',
  to: '18:00',
  hours: 'node',
};
export const EXACT: JsonObject = { code: 'at_instant', zone: 'UTC', hours: 'exact' };

const WHATSAPP = { id: CHANNEL, type: 'whatsapp', nodeId: 'reminder', flowId: CAMPAIGN };

/** A run of a participant that plans and cancels. */
export function flowRun(
  participantId: string,
  runNumber: number,
  plans: readonly AskedPlan[],
  cancels: readonly string[] = [],
): NewEvent<{ type: string; data: flowRuns.FlowRunCompleted; personal: flowRuns.FlowRunCompletedPersonal }> {
  const id = derivedId('run', participantId, runNumber);
  const communications = Object.fromEntries(
    plans.map(({ id: communicationId, address }) => [
      communicationId,
      { address, templateVariables: { name: 'Ada', amount: '10', due: 'Monday' }, customerContext: {} },
    ]),
  );
  return {
    ...envelope(derivedId('run event', id), participantId, 'FlowRunCompleted', {
      run: {
        id,
        campaignId: CAMPAIGN,
        participantId,
        customerId: CUSTOMER,
        flowId: plans[0]?.channel?.flowId ?? WHATSAPP.flowId,
        flowVersion: 1,
        trigger: 'participant-created',
        firedBy: id,
        now: '2026-03-01T12:00:00.000Z',
        caughtUp: false,
      },
      path: [],
      fieldChanges: [],
      plans: plans.map(planOf),
      cancels: cancels.length === 0 ? [] : [{ nodeId: 'cancel', communicationIds: cancels }],
    }),
    personal: { compared: {}, fieldValues: {}, communications },
  };
}

function planOf({
  id,
  sendAt = '2026-03-02T09:00:00.000Z',
  windowEnd = '2026-03-02T18:00:00.000Z',
  durationMs = 3_600_000,
  skipCode,
  channel = WHATSAPP,
  timing = IN_HOURS,
}: AskedPlan) {
  const when = skipCode === undefined ? { sendAt, windowEnd } : { skipCode };
  return {
    communicationId: id,
    nodeId: channel.nodeId,
    name: 'PAYMENT_REMINDER',
    agentId: AGENT,
    channelId: channel.id,
    channelType: channel.type,
    durationMs,
    timing,
    templateName: 'payment_reminder',
    templateLanguage: 'en',
    ...when,
  };
}

/** A participant as participant-ingestion would have appended it. */
export function participantCreated(participantId: string, values: Readonly<Record<string, string>>): NewEvent {
  const participant = { id: participantId, campaignId: CAMPAIGN, customerId: CUSTOMER, objectId: '', life: 1 };
  const data = { participant, changed: Object.keys(values), source: { door: 'api' } };
  return {
    ...envelope(derivedId('created', participantId), participantId, 'ParticipantCreated', data),
    personal: { values, previous: {} },
  };
}

export function participantDeleted(participantId: string, erased?: true): NewEvent {
  const participant = { id: participantId, campaignId: CAMPAIGN, customerId: CUSTOMER, objectId: '', life: 1 };
  const data = erased === undefined ? { participant } : { participant, erased };
  return envelope(derivedId('deleted', participantId), participantId, 'ParticipantDeleted', data);
}

/** An event as another service would have appended it. */
export function envelope<Data extends object>(id: string, key: string, type: string, data: Data) {
  return {
    id,
    type,
    workspace: WORKSPACE,
    key,
    time: '2026-03-01T12:00:00.000Z',
    causation: id,
    correlation: id,
    actor: 'user:test',
    hop: 0,
    data,
  };
}

/** A campaign that is Active. */
export function campaignEvents(): readonly NewEvent[] {
  const campaign = { id: CAMPAIGN, name: 'Payments', description: '', kind: 'flow', status: 'Active' };
  const started = { campaign, flows: [], pauseAnswer: 'run', overdueAnswer: 'skip', generation: 1 };
  return [
    envelope(derivedId('campaign event', 1), CAMPAIGN, 'CampaignCreated', { campaign, fields: [] }),
    envelope(derivedId('campaign event', 2), CAMPAIGN, 'CampaignStarted', started),
  ];
}
