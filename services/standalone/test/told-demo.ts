import { setTimeout as delay } from 'node:timers/promises';
import { PAYMENT_REMINDER_TEMPLATE } from '@poinciana/campaign-definition';
import { StandaloneProcess } from './standalone-process.js';

const DEMO = { POINCIANA_DEMO_PEOPLE: '100', POINCIANA_DEMO_DURATION_SECONDS: '3' };
const LOOKS_MAX = 3_000;
const LOOK_MS = 100;

/** Ids of things that are there, by what stands before them in an address: `/campaigns/{campaignId}`. */
export type Ids = Readonly<Record<string, string>>;

interface Line {
  readonly id: string;
}

interface Communication extends Line {
  readonly participantId: string;
  readonly flowId: string;
  readonly agentId: string;
  readonly channelId: string;
  readonly sessionId?: string;
}

/** The real process with everything that its demo leaves: a campaign, people, communications, sessions. */
export class ToldDemo {
  readonly standalone = new StandaloneProcess(DEMO);
  url = '';

  async tell(): Promise<void> {
    this.url = await this.standalone.start();
    for (let look = 1; !this.standalone.output.includes('\nReasons\n'); look += 1) {
      if (look === LOOKS_MAX) throw new Error(`The demo never ended: ${this.standalone.output.slice(-2_000)}`);
      await delay(LOOK_MS);
    }
    await this.tryChannel();
  }

  /** Leaves a session of no agent. */
  private async tryChannel(): Promise<void> {
    const channel = await this.first<Line>('/dispatch/channels');
    const { name, language } = PAYMENT_REMINDER_TEMPLATE;
    const { status } = await fetch(`${this.url}/api/dispatch/channels/${channel.id}/test-messages`, {
      method: 'POST',
      headers: { ...(await this.standalone.authorization()), 'content-type': 'application/json' },
      body: JSON.stringify({
        address: '34600000001',
        templateName: name,
        templateLanguage: language,
      }),
    });
    if (status !== 200) throw new Error(`The test message was answered with ${status}`);
  }

  /** Of one communication that had a session, and of what it belongs to. */
  async ids(): Promise<Ids> {
    const campaigns = (await this.first<Line>('/views/campaigns')).id;
    const communication = await this.first<Communication>(
      `/views/campaigns/${campaigns}/communications?status=Completed`,
    );
    const { participantId, flowId, agentId, channelId, sessionId } = communication;
    const participant = (await this.read(`/views/participants/${participantId}`)) as { readonly customerId: string };
    if (sessionId === undefined) throw new Error('The communication had no session');
    return {
      campaigns,
      participants: participantId,
      customers: participant.customerId,
      communications: communication.id,
      sessions: sessionId,
      channels: channelId,
      agents: agentId,
      flows: flowId,
      versions: '1',
      'changes-to': '1',
      uploads: (await this.first<Line>(`/ingest/campaigns/${campaigns}/uploads`)).id,
    };
  }

  async read(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}/api${path}`, { headers: await this.standalone.authorization() });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  private async first<Item>(path: string): Promise<Item> {
    const { items } = (await this.read(path)) as { readonly items: readonly Item[] };
    if (items[0] === undefined) throw new Error(`${path} is empty`);
    return items[0];
  }
}

/** The parameters of a path with the ids of what is there, for those that have one: `{ campaignId: '…' }`. */
export function filledIn(template: string, ids: Ids): Readonly<Record<string, string>> {
  const places = [...template.matchAll(/([\w-]+)\/\{(\w+)\}/g)];
  return Object.fromEntries(
    places.flatMap(([, before = '', name = '']) => (ids[before] === undefined ? [] : [[name, ids[before]]])),
  );
}
