import { setTimeout as pause } from 'node:timers/promises';
import { derivedId, NO_STREAM, streamName, type NewEvent } from '@poinciana/event-sourcing';
import { Secret, sealSecret } from '@poinciana/service-kit';
import type { RunningDispatch } from './running-dispatch.js';
import { ACCESS_TOKEN, APP_SECRET } from './running-simulator.js';

export const SECRETS_KEY = 'bench-secrets-key-bench-secrets-key';
export const WORKSPACE = derivedId('bench', 'workspace');
export const PHONE_NUMBER_ID = '100000000000001';
export const FROM = 'shop@shop.example';
export const MAIL = { subject: 'Payment of {{amount}}', body: 'Hello {{name}}, {{amount}} are due on {{due}}.' };
export type SentOver = 'whatsapp' | 'email';

const AGENT = derivedId('bench', 'agent');
const FLOW = derivedId('bench', 'flow');
/** As the simulator knows it. */
export const TEMPLATE = {
  name: 'payment_reminder',
  language: 'en',
  body: 'Hello {{1}}, your payment of {{2}} is due on {{3}}.',
  variables: ['name', 'amount', 'due'],
};
export const VALUES = { name: 'Ada', amount: '10', due: 'Monday' };
const HOUR_MS = 3_600_000;
const APPEND_MAX = 1_000;
const LOOK_EVERY_MS = 50;
/** No progress for so long means that there will be none. */
const STILL_MS_MAX = 60_000;

const sealed = (text: string): string => sealSecret(new Secret(SECRETS_KEY), text);

export function channelIdOf(type: SentOver): string {
  return derivedId('bench', 'channel', type);
}

/** The address of person `number`; nobody else's. */
export function addressOf(type: SentOver, number: number): string {
  return type === 'email' ? `person${number}@people.example` : String(491_500_000_000 + number);
}

/** Both channels, which lead to the simulator, and the agent who holds them. */
export async function defineChannels({ store, simulator }: RunningDispatch, mailLines: number): Promise<void> {
  const named = { running: true, encryptedSecrets: {}, templates: [] };
  const whatsapp = {
    ...named,
    id: channelIdOf('whatsapp'),
    name: 'WhatsApp',
    type: 'whatsapp',
    settings: { baseUrl: `${simulator.url}/v23.0`, phoneNumberId: PHONE_NUMBER_ID },
    encryptedSecrets: { accessToken: sealed(ACCESS_TOKEN), appSecret: sealed(APP_SECRET), verifyToken: sealed('x') },
    templates: [TEMPLATE],
  };
  const settings = { host: '127.0.0.1', port: String(await simulator.smtpPort()), security: 'none', from: FROM };
  const email = {
    ...named,
    id: channelIdOf('email'),
    name: 'Email',
    type: 'email',
    settings: { ...settings, connections: String(mailLines) },
  };
  const channelIds = [whatsapp.id, email.id];
  const agent = { id: AGENT, name: 'Bot', runtime: 'scripted', channelIds, results: [], script: { rules: [] } };
  const stream = streamName('workspace', WORKSPACE);
  const events = [
    eventOf(stream, 0, 'WorkspaceSettingsSaved', { name: 'Bench', timeZone: 'UTC' }),
    eventOf(stream, 1, 'ChannelSaved', { channel: whatsapp }),
    eventOf(stream, 2, 'ChannelSaved', { channel: email }),
    eventOf(stream, 3, 'AgentSaved', { agent }),
  ];
  await store.append([{ stream, expectedRevision: NO_STREAM, events }]);
}

/** A campaign whose communications are all planned before it is started. */
export class SentCampaign {
  readonly id: string;
  private readonly channelId: string;

  constructor(
    private readonly running: RunningDispatch,
    private readonly type: SentOver,
    readonly name: string,
  ) {
    this.id = derivedId('bench', 'campaign', name);
    this.channelId = channelIdOf(type);
  }

  communicationOf(number: number): string {
    return derivedId(this.id, 'communication', number);
  }

  /** Plans one communication for each of so many people, due at the instants, and waits until all are in the table of timers. */
  async plan(count: number, dueAt: (number: number) => Date): Promise<void> {
    const stream = streamName('campaign', this.id);
    const nodes = [{ id: 'email', type: 'email-communication', name: 'Email', settings: { template: MAIL } }];
    const flow = { id: FLOW, name: 'Bench', edges: [], nodes };
    const campaign = this.campaign('Inactive');
    const events = [
      eventOf(stream, 0, 'CampaignCreated', { campaign, fields: [] }),
      eventOf(stream, 1, 'FlowSaved', { campaign, flow, version: 1, note: '' }),
    ];
    await this.running.store.append([{ stream, expectedRevision: NO_STREAM, events }]);
    for (let from = 0; from < count; from += APPEND_MAX) {
      const numbers = Array.from({ length: Math.min(APPEND_MAX, count - from) }, (_, at) => from + at);
      await this.running.store.append(numbers.map((number) => this.runOf(number, dueAt(number))));
    }
    await this.until(async () => {
      const { open } = await this.counts();
      return { isOver: open === count, progress: open };
    });
  }

  /** From now on everything that is due goes out. */
  async start(): Promise<void> {
    const stream = streamName('campaign', this.id);
    const flows = [{ flowId: FLOW, version: 1 }];
    const answers = { pauseAnswer: 'run', overdueAnswer: 'skip', generation: 1 };
    const started = eventOf(stream, 2, 'CampaignStarted', { campaign: this.campaign('Active'), flows, ...answers });
    await this.running.store.append([{ stream, expectedRevision: 1, events: [started] }]);
  }

  /** Waits until the result of every send is stored. Throws when one was not taken. */
  untilSent(count: number): Promise<void> {
    return this.until(async () => {
      const waiting = await this.rows('SELECT 1 FROM timer WHERE campaign_id = $1 AND sending LIMIT 1');
      if (waiting.length > 0) return { isOver: false, progress: performance.now() };
      const { open, sent } = await this.counts();
      if (open !== count) throw new Error(`${count - open} of ${count} communications were not sent`);
      return { isOver: sent === count, progress: sent };
    });
  }

  /** Waits until so many things that the provider told were worked off. */
  untilHeard(count: number): Promise<void> {
    const waiting = 'SELECT 1 FROM inbox_entry WHERE outcome IS NULL LIMIT 1';
    return this.until(async () => {
      // To count is dear, and would be at the cost of what is measured.
      const { rows: open } = await this.running.pool.query(waiting);
      if (open.length > 0) return { isOver: false, progress: performance.now() };
      const heard = `SELECT count(*)::int AS heard FROM inbox_entry WHERE channel_id = $1 AND outcome = 'applied'`;
      const { rows } = await this.running.pool.query<{ heard: number }>(heard, [this.channelId]);
      const progress = rows[0]?.heard ?? 0;
      return { isOver: progress >= count, progress };
    });
  }

  /** When the send of every communication was stored, by its id. */
  async startedAt(): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.rows<{ readonly id: string; readonly at: Date }>(
      'SELECT communication_id AS id, started_at AS at FROM timer WHERE campaign_id = $1',
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  private async counts(): Promise<{ readonly open: number; readonly sent: number }> {
    const [row] = await this.rows<{ readonly open: number; readonly sent: number }>(
      'SELECT count(*)::int AS open, count(started_at)::int AS sent FROM timer WHERE campaign_id = $1',
    );
    return row ?? { open: 0, sent: 0 };
  }

  private async rows<Row extends object>(text: string): Promise<readonly Row[]> {
    return (await this.running.pool.query<Row>(text, [this.id])).rows;
  }

  private campaign(status: string) {
    return { id: this.id, name: this.name, description: '', kind: 'flow', status };
  }

  private runOf(number: number, due: Date) {
    const participantId = derivedId(this.id, 'participant', number);
    const communicationId = this.communicationOf(number);
    const id = derivedId(participantId, 'run');
    const stream = streamName('flow-runs', participantId);
    const plan = {
      communicationId,
      nodeId: 'email',
      name: 'PAYMENT_REMINDER',
      agentId: AGENT,
      channelId: this.channelId,
      channelType: this.type,
      durationMs: HOUR_MS,
      timing: { code: 'at_window_start', zone: 'UTC', day: due.toISOString().slice(0, 10), from: '00:00', to: '24:00' },
      sendAt: due.toISOString(),
      windowEnd: new Date(due.getTime() + HOUR_MS).toISOString(),
      templateName: TEMPLATE.name,
      templateLanguage: TEMPLATE.language,
    };
    const run = { id, campaignId: this.id, participantId, customerId: participantId, flowId: FLOW, flowVersion: 1 };
    const ran = { ...run, trigger: 'participant-created', firedBy: id, now: due.toISOString(), caughtUp: false };
    const data = { run: ran, path: [], fieldChanges: [], plans: [plan], cancels: [] };
    const values = { address: addressOf(this.type, number), templateVariables: VALUES, customerContext: {} };
    const personal = { compared: {}, fieldValues: {}, communications: { [communicationId]: values } };
    const event = { ...eventOf(stream, 0, 'FlowRunCompleted', data), key: participantId, personal };
    return { stream, expectedRevision: NO_STREAM, events: [event] };
  }

  private async until(look: () => Promise<{ readonly isOver: boolean; readonly progress: number }>): Promise<void> {
    let last = { progress: -1, at: performance.now() };
    for (;;) {
      const { isOver, progress } = await look();
      if (isOver) return;
      if (progress !== last.progress) last = { progress, at: performance.now() };
      if (performance.now() - last.at > STILL_MS_MAX)
        throw new Error(`Nothing has moved for a minute; seen: ${progress}`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

function eventOf(stream: string, number: number, type: string, data: object): NewEvent {
  const id = derivedId(stream, number);
  const about = { workspace: WORKSPACE, key: stream.slice(stream.indexOf('-') + 1), time: new Date().toISOString() };
  return { ...about, id, type, causation: id, correlation: id, actor: 'user:bench', hop: 0, data };
}
