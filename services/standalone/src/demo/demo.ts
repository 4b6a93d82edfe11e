import { setTimeout as pause } from 'node:timers/promises';
import { type DemoApi, DemoRefusal } from './demo-api.js';
import { type DemoTerms, defineDemo } from './demo-definitions.js';
import { unknownOutcomes, whyOf } from './demo-why.js';
import { demoTable, progressLine } from './demo-table.js';
import { type CampaignNumbers, DemoViews, begunCommunications, openCommunications } from './demo-views.js';
import { DEMO_SEED, peopleFile } from './people-file.js';

const LOOK_EVERY_MS = 500;
/** The demo stops its campaign once so many messages a person of the file were handed over, and starts it again a moment later. */
const STOP_AFTER_BEGUN = 0.15;
const STOPPED_MS = 2_000;
/** The numbers must stand still this long before the demo is over: an end may trigger the next communication. */
const STILL_MS = 4_000;

export interface DemoSurroundings {
  readonly api: DemoApi;
  readonly terms: DemoTerms;
  /** How many rows its file has. */
  readonly people: number;
  readonly now: () => Date;
  readonly say: (line: string) => void;
  readonly isStopping: () => boolean;
}

/**
 * The main job on simulated people: define, upload, start, stop and start again in the middle, until every communication has
 * ended. Every step is a command with a name of its own, so that a demo that was cut off anywhere goes on when it is begun again.
 */
export class Demo {
  constructor(private readonly around: DemoSurroundings) {}

  /** Answers false when it was interrupted. */
  async run(): Promise<boolean> {
    const { api, terms, people, say } = this.around;
    say('Demo: a payment reminder for simulated people. --no-demo starts without it.');
    const campaignId = await defineDemo(api, terms);
    const views = new DemoViews(api, campaignId);
    const uploaded = await this.upload(campaignId, views);
    if (!uploaded) return false;
    await this.command(campaignId, 'start', 'demo-start-1');
    const isUnderWay = await this.until(views, (numbers) => begunCommunications(numbers) >= people * STOP_AFTER_BEGUN);
    if (!isUnderWay) return false;
    await this.stopAndStart(campaignId);
    const isOver = await this.untilStill(views);
    if (!isOver) return false;
    for (const line of demoTable(await views.uploads(), await views.numbers())) say(line);
    for (const line of await unknownOutcomes(api, campaignId)) say(line);
    for (const line of await whyOf(api, campaignId)) say(line);
    return true;
  }

  private async upload(campaignId: string, views: DemoViews): Promise<boolean> {
    while (!this.around.isStopping()) {
      const [upload] = await views.uploads();
      if (upload === undefined) await this.send(campaignId);
      else if (upload.status !== 'Processing') return true;
      await pause(LOOK_EVERY_MS);
    }
    return false;
  }

  /** Also what was cut off while it was received: that is not listed any more once nobody can be sending it. */
  private async send(campaignId: string): Promise<void> {
    const { api, people, now, say } = this.around;
    const { csv, rows } = peopleFile(DEMO_SEED, people, now());
    say(`Demo: uploading a file of ${rows} people, before Start, as is usual.`);
    const body = new FormData();
    body.append('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
    await api.json(`/api/ingest/campaigns/${campaignId}/uploads`, { method: 'POST', body }).catch(unlessUploading);
  }

  private async stopAndStart(campaignId: string): Promise<void> {
    await this.command(campaignId, 'stop', 'demo-stop-1');
    await pause(STOPPED_MS);
    await this.command(campaignId, 'start', 'demo-start-2');
  }

  private async command(campaignId: string, verb: 'start' | 'stop', idempotencyKey: string): Promise<void> {
    const { api, say } = this.around;
    await api.json(`/api/config/campaigns/${campaignId}/${verb}`, { method: 'POST', body: {}, idempotencyKey });
    say(`Demo: ${verb === 'start' ? 'Start' : 'Stop'}.`);
  }

  private async until(views: DemoViews, isSo: (numbers: CampaignNumbers) => boolean): Promise<boolean> {
    while (!this.around.isStopping()) {
      const numbers = await views.numbers();
      if (isSo(numbers)) return true;
      this.around.say(progressLine(numbers));
      await pause(LOOK_EVERY_MS * 2);
    }
    return false;
  }

  private async untilStill(views: DemoViews): Promise<boolean> {
    let still = { since: performance.now(), known: -1 };
    return this.until(views, (numbers) => {
      const known = openCommunications(numbers) === 0 ? numbers.communications.total : -1;
      if (known !== still.known || known <= 0) still = { since: performance.now(), known };
      return known > 0 && performance.now() - still.since >= STILL_MS;
    });
  }
}

/** A demo that was cut off in the middle of its upload finds the file taken already. */
function unlessUploading(error: unknown): void {
  if (!(error instanceof DemoRefusal && error.code === 'upload_in_progress')) throw error;
}
