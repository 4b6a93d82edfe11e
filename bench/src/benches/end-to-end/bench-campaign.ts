import { openAsBlob } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  PAYMENT_REMINDER_FIELDS,
  PAYMENT_REMINDER_TEMPLATE,
  paymentReminderFlow,
} from '@poinciana/campaign-definition';
import { derivedId } from '@poinciana/event-sourcing';
import type { BenchApi } from './bench-api.js';

const CHANNEL_ID = derivedId('bench', 'channel');
const AGENT_ID = derivedId('bench', 'agent');
const LOOK_EVERY_MS = 50;
/** No progress for so long means that there will be none. */
const STILL_MS_MAX = 60_000;

interface Counters {
  readonly participants: number;
  readonly communications: { readonly total: number; readonly statuses: Readonly<Record<string, number>> };
}

interface Upload {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly created: number;
}

/** Defines the workspace, its channel and its agent. Nothing is ever sent, so nobody needs to answer at the channel's address. */
export async function defineWorkspace(api: BenchApi): Promise<void> {
  await api.json('PUT', '/api/config/workspace', { name: 'Bench', timeZone: 'Europe/Madrid' });
  await api.json('PUT', `/api/config/workspace/channels/${CHANNEL_ID}`, {
    name: 'WhatsApp',
    type: 'whatsapp',
    running: true,
    settings: { baseUrl: 'http://127.0.0.1:9/v23.0', phoneNumberId: '100000000000001' },
    secrets: { accessToken: 'bench-access-token', appSecret: 'bench-app-secret', verifyToken: 'bench-verify-token' },
    templates: [{ ...PAYMENT_REMINDER_TEMPLATE }],
  });
  await api.json('PUT', `/api/config/workspace/agents/${AGENT_ID}`, {
    name: 'Collections Bot',
    runtime: 'scripted',
    channelIds: [CHANNEL_ID],
    results: [],
    script: { rules: [] },
  });
}

/** A campaign with the flow "Payment reminder", active and not started. */
export class BenchCampaign {
  private constructor(
    private readonly api: BenchApi,
    readonly id: string,
  ) {}

  static async define(api: BenchApi, name: string): Promise<BenchCampaign> {
    const { id } = await api.json<{ readonly id: string }>('POST', '/api/config/campaigns', { name, description: '' });
    const path = `/api/config/campaigns/${id}`;
    const flowId = derivedId('bench', 'flow', name);
    const flow = paymentReminderFlow({ flowId, agentId: AGENT_ID, channelId: CHANNEL_ID });
    await api.json('PUT', `${path}/fields`, { fields: PAYMENT_REMINDER_FIELDS });
    await api.json('PUT', `${path}/flows/${flowId}`, { name: flow.name, nodes: flow.nodes, edges: flow.edges });
    await api.json('POST', `${path}/flows/${flowId}/activate`);
    return new BenchCampaign(api, id);
  }

  async start(): Promise<void> {
    await this.api.json('POST', `/api/config/campaigns/${this.id}/start`, {});
  }

  /** Adds people through the API. Throws when one of them is refused. */
  async add(people: readonly { readonly attributes: object }[]): Promise<void> {
    const { items } = await this.api.json<{ readonly items: readonly { readonly outcome: string }[] }>(
      'POST',
      `/api/ingest/campaigns/${this.id}/participants`,
      people,
    );
    const refused = items.filter(({ outcome }) => outcome !== 'created').length;
    if (refused > 0) throw new Error(`${refused} of ${people.length} people were not created`);
  }

  /** Sends the file, and answers once it was received and checked; it is then being imported. */
  async upload(path: string): Promise<void> {
    const form = new FormData();
    form.append('file', await openAsBlob(path, { type: 'text/csv' }), 'people.csv');
    await this.api.json('POST', `/api/ingest/campaigns/${this.id}/uploads`, form);
  }

  /** Waits until every row has become a participant's event. */
  untilImported(rows: number): Promise<void> {
    return this.until(async () => {
      const { items } = await this.api.json<{ readonly items: readonly Upload[] }>(
        'GET',
        `/api/ingest/campaigns/${this.id}/uploads`,
      );
      const [upload] = items;
      const isOver = upload !== undefined && upload.status !== 'Processing';
      if (isOver && upload.created !== rows) throw new Error(`An upload created ${upload.created} of ${rows} people`);
      return { isOver, progress: upload?.rows ?? 0 };
    });
  }

  /** Waits until the views show so many participants. */
  untilShown(rows: number): Promise<void> {
    return this.until(async () => {
      const { participants } = await this.api.json<Counters>('GET', `/api/views/campaigns/${this.id}/counters`);
      return { isOver: participants === rows, progress: participants };
    });
  }

  /** Waits until the views show so many participants and a planned communication for each of them. */
  untilPlanned(rows: number): Promise<void> {
    return this.until(async () => {
      const { participants, communications } = await this.api.json<Counters>(
        'GET',
        `/api/views/campaigns/${this.id}/counters`,
      );
      const planned = communications.statuses['Planned'] ?? 0;
      if (planned !== communications.total) throw new Error('The bench is to plan and not to send');
      return { isOver: participants === rows && planned === rows, progress: participants + planned };
    });
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
