import type { workspace } from '@poinciana/contracts';
import { derivedId, streamName, type EventStore, type NewEvent } from '@poinciana/event-sourcing';
import { Secret, sealSecret } from '@poinciana/service-kit';
import { AGENT, CAMPAIGN, channelOf, envelope, flowRun, secretsKey, WORKSPACE } from './sample-definitions.js';

export const PLAYED_CHANNELS = ['whatsapp', 'telegram', 'mail', 'voice', 'webhook'] as const;
/** A channel by its name in the simulator's control API. */
export type PlayedChannel = (typeof PLAYED_CHANNELS)[number];

/** Signs what goes both ways between the simulator and the channels that have no secret of their own. */
export const CALLBACK_SECRET = 'the secret of the callbacks';
export const RECEIVER_SECRET = 'simulated-receiver-secret';

const FLOW = derivedId('flow of every channel');
const sealed = (text: string): string => sealSecret(new Secret(secretsKey), text);

export function channelIdOf(played: PlayedChannel): string {
  return derivedId('channel of', played);
}

export function channelTypeOf(played: PlayedChannel): string {
  return played === 'mail' ? 'email' : played;
}

/** A workspace whose channels all lead to the simulator, an agent that holds them all, and a flow that uses each. */
export async function prepareEveryChannel(store: EventStore, url: string, smtpPort: number): Promise<void> {
  const settings: Readonly<Record<PlayedChannel, Partial<workspace.Channel>>> = {
    whatsapp: channelOf({ baseUrl: `${url}/v23.0` }),
    telegram: { settings: { baseUrl: url }, encryptedSecrets: { botToken: sealed('simulated-bot-token') } },
    mail: {
      settings: { host: '127.0.0.1', port: String(smtpPort), security: 'none', from: 'shop@shop.example' },
      encryptedSecrets: {},
    },
    voice: {
      settings: { baseUrl: `${url}/voice` },
      encryptedSecrets: { apiKey: sealed('simulated-voice-key'), callbackSecret: sealed(CALLBACK_SECRET) },
    },
    webhook: {
      settings: { url: `${url}/receiver/messages` },
      encryptedSecrets: { signingKey: sealed(RECEIVER_SECRET) },
    },
  };
  const channels = PLAYED_CHANNELS.map((played): workspace.Channel => ({
    name: played,
    running: true,
    templates: [],
    settings: {},
    encryptedSecrets: {},
    ...settings[played],
    id: channelIdOf(played),
    type: channelTypeOf(played),
  }));
  const agent = {
    id: AGENT,
    name: 'Collections',
    runtime: 'scripted',
    channelIds: channels.map(({ id }) => id),
    results: [{ name: 'paid', type: 'boolean', enumerationValues: [] }],
    inbound: true,
    script: { rules: [] },
  };
  const campaign = { id: CAMPAIGN, name: 'Everything', description: '', kind: 'flow', status: 'Active' };
  const flow = { id: FLOW, name: 'Everything', edges: [], nodes: NODES };
  const start = { campaign, flows: [{ flowId: FLOW, version: 1 }], pauseAnswer: 'run', overdueAnswer: 'skip' };
  await store.append([
    begun('workspace', WORKSPACE, [
      ['WorkspaceSettingsSaved', { name: 'Tests', timeZone: 'UTC' }],
      ...channels.map((channel) => ['ChannelSaved', { channel }] as const),
      ['AgentSaved', { agent }],
    ]),
    begun('campaign', CAMPAIGN, [
      ['CampaignCreated', { campaign, fields: [] }],
      ['FlowSaved', { campaign, flow, version: 1, note: '' }],
      ['CampaignStarted', { ...start, generation: 1 }],
    ]),
  ]);
}

const NODES = [
  { id: 'telegram', type: 'telegram-communication', name: 'Telegram', settings: { startPhrase: 'Hello {{name}}' } },
  {
    id: 'mail',
    type: 'email-communication',
    name: 'Email',
    settings: { template: { subject: 'Hello {{name}}', body: '<p>Hello {{name}}</p>', format: 'html' } },
  },
  { id: 'voice', type: 'voice-communication', name: 'Voice', settings: { sipServer: 'sip.example' } },
];

function begun(category: string, id: string, events: readonly (readonly [type: string, data: object])[]) {
  const stored = events.map(([type, data], index): NewEvent =>
    envelope(derivedId(category, id, index), id, type, data),
  );
  return { stream: streamName(category, id), expectedRevision: -1, events: stored };
}

/** A communication that is planned now, and whom it goes to. */
export interface PlannedOne {
  readonly id: string;
  readonly played: PlayedChannel;
  readonly address: string;
}

/** Plans `count` communications on every channel, each to a person of its own. */
export async function planEverywhere(
  store: EventStore,
  count: number,
  durationMs: number,
): Promise<readonly PlannedOne[]> {
  const sendAt = new Date().toISOString();
  const windowEnd = new Date(Date.parse(sendAt) + 3_600_000).toISOString();
  const planned = PLAYED_CHANNELS.flatMap((played) =>
    Array.from({ length: count }, (_, index): PlannedOne => {
      const address = addressOf(played, index);
      return { id: derivedId('communication', played, index), played, address };
    }),
  );
  await store.append(
    planned.map(({ id, played, address }) => {
      const participant = derivedId('participant', id);
      const channel = { id: channelIdOf(played), type: channelTypeOf(played), nodeId: played, flowId: FLOW };
      const run = flowRun(participant, 1, [{ id, address, sendAt, windowEnd, durationMs, channel }]);
      return { stream: streamName('flow-runs', participant), expectedRevision: -1, events: [run] };
    }),
  );
  return planned;
}

function addressOf(played: PlayedChannel, index: number): string {
  const number = 491_500_000_000 + index;
  return played === 'mail' ? `person${index}@people.example` : String(played === 'telegram' ? 700_000 + index : number);
}
