import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PAYMENT_REMINDER_FIELDS, paymentReminderFlow } from '@poinciana/campaign-definition';
import type { Cluster } from '../src/index.js';
import { derivedId } from '@poinciana/event-sourcing';
import { DEMO } from '@poinciana/standalone';

const BATCH_PEOPLE = 3;
const BATCH_EVERY_MS = 250;
const RETRY_MS = 200;
const ATTEMPTS_MAX = 600;
const DURATION_SECONDS = 3;
const SECONDS_AN_HOUR = 3_600;
const DAY_MS = 86_400_000;
/** So far ahead that the early reminder goes out, at once: nothing of it depends on the hour of the day. */
const DUE_IN_DAYS = 5;

/** A person whom the service acknowledged, and what it was last told of her. */
export interface AcknowledgedPerson {
  readonly participantId: string;
  readonly amount: string;
  /** How many of the acknowledged requests changed her after she was created. */
  readonly updates: number;
}

/** Somebody who adds people and changes them all the time, through the front door, and sends again what was not answered. */
export class PeopleLoad {
  readonly people = new Map<string, AcknowledgedPerson>();
  /** Answers that no client should ever get. */
  readonly faults: string[] = [];
  retries = 0;
  private isOver = false;
  private work: Promise<void> | undefined;
  private added = 0;

  private constructor(
    private readonly cluster: Cluster,
    private readonly authorization: string,
    readonly campaignId: string,
  ) {}

  /** Defines and starts a campaign of its own on the channel of the demo, whose people answer there. */
  static async prepare(cluster: Cluster): Promise<PeopleLoad> {
    const authorization = `Bearer ${await cluster.token()}`;
    const ask = async (method: string, path: string, body: object) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const response = await fetch(`${cluster.url}/api/config/campaigns${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
      return (await response.json()) as { readonly id: string };
    };
    const { id } = await ask('POST', '', { name: 'Load', description: '' });
    const flowId = derivedId('load', 'flow');
    const { name, nodes, edges } = paymentReminderFlow({
      flowId,
      agentId: DEMO.agentId,
      channelId: DEMO.channelId,
      durationHours: DURATION_SECONDS / SECONDS_AN_HOUR,
      hours: { from: '00:00', to: '24:00' },
      earlyBaseDate: { source: 'today' },
    });
    await ask('PUT', `/${id}/fields`, { fields: PAYMENT_REMINDER_FIELDS });
    await ask('PUT', `/${id}/flows/${flowId}`, { name, nodes, edges });
    await ask('POST', `/${id}/flows/${flowId}/activate`, {});
    await ask('POST', `/${id}/start`, {});
    return new PeopleLoad(cluster, authorization, id);
  }

  /** `everyMs`: between two requests, each with some people. */
  start(everyMs: number = BATCH_EVERY_MS): void {
    this.isOver = false;
    this.work = this.keepAdding(everyMs);
  }

  /** Waits until the request under way is answered. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.work;
  }

  async open(): Promise<number> {
    const path = `/api/views/campaigns/${this.campaignId}/counters`;
    const response = await fetch(this.cluster.url + path, { headers: { authorization: this.authorization } });
    if (!response.ok) return Number.NaN;
    const { communications } = (await response.json()) as { communications: { groups: { inProgress: number } } };
    return communications.groups.inProgress;
  }

  private async keepAdding(everyMs: number): Promise<void> {
    while (!this.isOver) {
      await this.send();
      await pause(everyMs);
    }
  }

  /** New people, and one who is known already with another amount. */
  private async send(): Promise<void> {
    const known = this.added === 0 ? [] : [`load-${Math.floor(Math.random() * this.added) + 1}`];
    const fresh = Array.from({ length: BATCH_PEOPLE }, () => `load-${(this.added += 1)}`);
    const amount = (100 + Math.random() * 900).toFixed(2);
    const items = [...fresh, ...known].map((id) => itemOf(id, amount));
    const answers = await this.untilAnswered(items);
    answers.forEach(({ outcome, participantId }, index) => {
      const id = items[index]?.attributes.external_id ?? '';
      const before = this.people.get(id);
      if (outcome === 'failed' || participantId === undefined) this.faults.push(`${id}: ${outcome}`);
      else if (before !== undefined && outcome === 'created') this.faults.push(`${id} was created twice`);
      else
        this.people.set(id, {
          participantId,
          amount,
          updates: (before?.updates ?? 0) + (outcome === 'updated' ? 1 : 0),
        });
    });
  }

  /** The same request under the same key until somebody answers it. */
  private async untilAnswered(items: readonly Item[]): Promise<readonly ItemAnswer[]> {
    const url = `${this.cluster.url}/api/ingest/campaigns/${this.campaignId}/participants`;
    const headers = {
      authorization: this.authorization,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(items) });
      const text = await response.text();
      if (response.ok) return (JSON.parse(text) as { items: readonly ItemAnswer[] }).items;
      if (response.status !== 503) this.faults.push(`${response.status} ${text}`);
      this.retries += 1;
      await pause(RETRY_MS);
    }
    throw new Error('A request was never answered');
  }
}

interface Item {
  readonly attributes: { readonly external_id: string; readonly [field: string]: string | boolean };
}

interface ItemAnswer {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'failed';
  readonly participantId?: string;
}

function itemOf(id: string, amount: string): Item {
  const number = id.slice('load-'.length).padStart(7, '0');
  return {
    attributes: {
      external_id: id,
      name: `Person ${id}`,
      phone: `+34612${number}`.slice(0, 12),
      is_payment_received: false,
      due_date: new Date(Date.now() + DUE_IN_DAYS * DAY_MS).toISOString().slice(0, 10),
      amount,
    },
  };
}
