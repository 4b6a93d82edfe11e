import { once } from 'node:events';
import { openAsBlob } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningIngestion } from './running-ingestion.js';

const LOOK_EVERY_MS = 10;
/** A list of items has at most so many. */
const LIST_ITEMS_MAX = 10_000;

/** What a campaign's import says at its end. */
interface Upload {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export type Outcome = 'created' | 'updated' | 'unchanged';

/** An item of a list or a stream. */
export interface Item {
  readonly attributes: Readonly<Record<string, string>>;
  readonly timezone?: string;
}

/** The doors of ingestion, as any program uses them. Each throws when somebody did not become what was expected. */
export class ImportClient {
  constructor(
    private readonly service: RunningIngestion,
    private readonly campaignId: string,
  ) {}

  /** Sends a file and waits until every row is in the log. */
  async file(path: string, expected: Readonly<Partial<Record<Outcome, number>>>): Promise<void> {
    const form = new FormData();
    form.append('file', await openAsBlob(path, { type: 'text/csv' }), 'people.csv');
    let upload = await this.json<Upload>('POST', 'uploads', form);
    while (upload.status === 'Processing') {
      await pause(LOOK_EVERY_MS);
      upload = await this.json<Upload>('GET', `uploads/${upload.id}`);
    }
    for (const [outcome, count] of Object.entries(expected))
      if (upload[outcome as Outcome] !== count)
        throw new Error(
          `${upload[outcome as Outcome]} of ${count} rows were ${outcome}; ${upload.reason ?? upload.status}`,
        );
  }

  /** Lists of items, one after the other. */
  async lists(items: readonly Item[]): Promise<void> {
    for (let from = 0; from < items.length; from += LIST_ITEMS_MAX)
      await this.list(items.slice(from, from + LIST_ITEMS_MAX));
  }

  async list(items: readonly Item[]): Promise<void> {
    const answer = await this.json<{ items: readonly { outcome: string }[] }>(
      'POST',
      'participants',
      JSON.stringify(items),
    );
    const others = answer.items.filter(({ outcome }) => outcome !== 'created').length;
    if (others > 0) throw new Error(`${others} of ${items.length} items did not create anybody`);
  }

  /** One stream of lines, written as fast as it is taken. */
  async stream(lines: readonly string[]): Promise<void> {
    const sender = request(this.address('participants/stream'), {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/x-ndjson' },
    });
    const created = countOf(sender, '"outcome":"created"');
    for (const line of lines) if (!sender.write(line)) await once(sender, 'drain');
    sender.end();
    if ((await created) !== lines.length) throw new Error('A stream did not create everybody');
  }

  private async json<Answer>(method: 'GET' | 'POST', path: string, body?: FormData | string): Promise<Answer> {
    const headers = typeof body === 'string' ? { ...this.headers, 'content-type': 'application/json' } : this.headers;
    const response = await fetch(this.address(path), { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }

  private get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.service.token}` };
  }

  private address(path: string): string {
    return `${this.service.url}/api/ingest/campaigns/${this.campaignId}/${path}`;
  }
}

/** How often a text stands in an answer, read as it comes. */
async function countOf(sender: ReturnType<typeof request>, text: string): Promise<number> {
  const answer = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
    sender.once('response', resolve).once('error', reject);
  });
  let count = 0;
  let rest = '';
  for await (const piece of answer) {
    const lines = (rest + piece.toString()).split('\n');
    rest = lines.pop() ?? '';
    count += lines.filter((line) => line.includes(text)).length;
  }
  return count;
}
