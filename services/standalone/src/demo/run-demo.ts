import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAYMENT_REMINDER_TEMPLATE } from '@poinciana/campaign-definition';
import { type ChannelSimulator, startChannelSimulator } from '@poinciana/channel-simulator';
import { Demo } from './demo.js';
import { DemoApi } from './demo-api.js';
import { DEMO, DEMO_DURATION_SECONDS } from './demo-definitions.js';
import { DEMO_PEOPLE, DEMO_SEED } from './people-file.js';

export interface DemoOptions {
  /** Where the services listen. */
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
  /** A simulator of one's own that lives on while the services end and start again; absent: one in this process. */
  readonly simulatorUrl?: string;
  /** How long conversations stay open. */
  readonly durationSeconds?: number;
  /** How many rows its file has. */
  readonly people?: number;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

export interface RunningDemo {
  /** True once the demo has come to its end, false when it was stopped or ended early. */
  readonly over: Promise<boolean>;
  /** Ends the demo where it is; the next start goes on. */
  stop(): Promise<void>;
}

/** A second of ours is so many of the people's: who answers after a minute answers after a second. */
const TIME_SCALE = 60;
/** Nobody is slow or off for hours: the demo is over in a minute or two. */
const SHARES = {
  reads: 0.4,
  replies: 0.35,
  ignores: 0.12,
  invalidRefused: 0.04,
  invalidReported: 0.04,
  providerErrorOnce: 0.05,
};
const FINISHED = 'demo-finished';
const API_VERSION = 'v23.0';

/** Runs the demo on the first start, and goes on with it where it was cut off; once it has ended it does not run again. */
export async function runDemo(options: DemoOptions): Promise<RunningDemo> {
  const marker = join(options.dataDir, FINISHED);
  if (existsSync(marker)) return { over: Promise.resolve(true), stop: async () => undefined };
  const simulator = options.simulatorUrl === undefined ? await startPeople() : undefined;
  const simulatorUrl = options.simulatorUrl ?? simulator?.url ?? '';
  await prepareSimulator(simulatorUrl, options.url);
  const stopping = { now: false };
  const demo = new Demo({
    api: new DemoApi(options.url, options.token),
    terms: {
      providerUrl: `${simulatorUrl}/${API_VERSION}`,
      durationSeconds: options.durationSeconds ?? DEMO_DURATION_SECONDS,
    },
    people: options.people ?? DEMO_PEOPLE,
    now: options.now,
    say: options.say,
    isStopping: () => stopping.now,
  });
  const over = demo.run().then(
    (isOver) => {
      if (isOver) writeFileSync(marker, '');
      return isOver;
    },
    (error: unknown) => {
      if (!stopping.now) options.say(`Demo: it ended early. ${error instanceof Error ? error.message : 'unknown'}`);
      return false;
    },
  );
  return {
    over,
    stop: async () => {
      stopping.now = true;
      await over;
      await simulator?.stop();
    },
  };
}

function startPeople(): Promise<ChannelSimulator> {
  return startChannelSimulator(demoSimulator(0));
}

/** How the simulator of the demo is set, wherever it runs. */
export function demoSimulator(port: number) {
  const { name, language } = PAYMENT_REMINDER_TEMPLATE;
  const body = 'Hello {{1}}, your payment is due on {{2}}.';
  return {
    port,
    seed: DEMO_SEED,
    timeScale: TIME_SCALE,
    shares: SHARES,
    accessToken: DEMO.accessToken,
    templates: [{ name, language, status: 'APPROVED' as const, category: 'UTILITY' as const, body }],
    messagesPerSecondMax: null,
    pairRate: null,
  };
}

/** Tells the simulator which templates were approved, and where its webhooks go. */
async function prepareSimulator(simulatorUrl: string, url: string): Promise<void> {
  await control(simulatorUrl, 'templates', { templates: demoSimulator(0).templates });
  await control(simulatorUrl, 'webhook', {
    url: `${url}/api/dispatch/webhooks/whatsapp/${DEMO.channelId}`,
    appSecret: DEMO.appSecret,
    verifyToken: DEMO.verifyToken,
  });
}

async function control(simulatorUrl: string, what: string, body: object): Promise<void> {
  const response = await fetch(`${simulatorUrl}/control/${what}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The simulator does not take the ${what}: ${response.status}`);
}
