import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, streamName } from '@poinciana/event-sourcing';
import type { CommunicationFacts } from '../src/domain/communication.js';
import { DISPATCH_ENVIRONMENT, prepareStore, TOKEN_SECRET, until, type PreparedStore } from './booted-dispatch.js';
import {
  CALLBACK_SECRET,
  channelIdOf,
  channelTypeOf,
  planEverywhere,
  PLAYED_CHANNELS,
  prepareEveryChannel,
  RECEIVER_SECRET,
  type PlannedOne,
  type PlayedChannel,
} from './every-channel.js';
import { factsOf, FINAL_STATUSES } from './sample-plans.js';
import { SimulatedProvider } from './simulated-provider.js';
import { StartedProgram } from './started-program.js';

/** KILLS and COMMUNICATIONS in the environment make it as long as one likes; with SEED the kills come at the same ages. */
const KILLS = Number(process.env['KILLS'] ?? 40);
const COMMUNICATIONS_EACH = Number(process.env['COMMUNICATIONS'] ?? 120);
/** The longest that a process lives before it is killed. */
const LIFE_MS_MAX = 1_500;
const SEED = Number(process.env['SEED'] ?? Date.now());
/** A bound against hanging: every kill is a start of the whole process. */
const CAMPAIGN_MS_MAX = Math.max(1_800_000, KILLS * 45_000);

const REQUEST_FAULTS = [
  { kind: 'resetBeforeAcceptance', probability: 0.04 },
  { kind: 'resetAfterAcceptance', probability: 0.04 },
  { kind: 'slowAnswer', probability: 0.3, delayMs: 150 },
];
const HTTP_FAULTS = [
  ...REQUEST_FAULTS,
  { kind: 'refuse', probability: 0.03, httpStatus: 429, retryAfterSeconds: 1 },
  { kind: 'refuse', probability: 0.03, httpStatus: 502, bare: true },
  { kind: 'errorAfterAcceptance', probability: 0.03, httpStatus: 500, bare: true },
  { kind: 'duplicateWebhook', probability: 0.2 },
  { kind: 'lateWebhook', probability: 0.2, delayMs: 200 },
  { kind: 'wrongSignature', probability: 0.1 },
];
const FAULTS: Readonly<Record<PlayedChannel, readonly object[]>> = {
  whatsapp: [...HTTP_FAULTS, { kind: 'reversedStatuses', probability: 0.2 }],
  telegram: HTTP_FAULTS,
  mail: [
    ...REQUEST_FAULTS,
    { kind: 'resetBeforeAcceptance', phase: 'data', probability: 0.03 },
    { kind: 'refuse', code: 451, probability: 0.05 },
    { kind: 'refuse', code: 452, phase: 'data', probability: 0.03 },
    { kind: 'duplicateWebhook', probability: 0.2 },
  ],
  voice: HTTP_FAULTS,
  webhook: HTTP_FAULTS,
};

/** Ports that were free a moment ago: the same for every process, so that callbacks and mail find the next one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('dispatch, killed with -9 at random moments while it sends over every channel, with faults', () => {
  let prepared: PreparedStore;
  let provider: SimulatedProvider;
  let port: number;
  let mailPort: number;

  beforeAll(async () => {
    prepared = await prepareStore();
    provider = await SimulatedProvider.start(
      '--time-scale',
      '60',
      '--smtp-port',
      '0',
      '--service-window-hours',
      'always',
    );
    port = await freePort();
    mailPort = await freePort();
    const smtp = (await provider.control('GET', 'mail/port')) as { readonly port: number };
    await prepareEveryChannel(prepared.store, provider.url, smtp.port);
    const webhookOf = (played: PlayedChannel): string =>
      `http://127.0.0.1:${port}/api/dispatch/webhooks/${channelTypeOf(played)}/${channelIdOf(played)}`;
    await provider.tellTo(webhookOf('whatsapp'));
    await provider.control('PUT', 'voice/target', { url: webhookOf('voice'), secret: CALLBACK_SECRET });
    await provider.control('PUT', 'webhook-channel/target', { url: webhookOf('webhook'), secret: RECEIVER_SECRET });
    await provider.control('PUT', 'mail/target', { host: '127.0.0.1', port: mailPort });
    for (const played of PLAYED_CHANNELS)
      for (const fault of FAULTS[played]) await provider.control('POST', `${pathOf(played)}faults`, fault);
  });
  afterAll(async () => {
    await provider.stop();
    await prepared.stop();
  });

  function start(): Promise<StartedProgram> {
    return StartedProgram.start('communication-dispatch', [], {
      ...DISPATCH_ENVIRONMENT,
      DATABASE_URL: prepared.databaseUrl,
      POINCIANA_TOKEN_SECRET: TOKEN_SECRET,
      POINCIANA_HTTP_HOST: '127.0.0.1',
      POINCIANA_HTTP_PORT: String(port),
      POINCIANA_MAIL_DOMAIN: 'mail.example',
      POINCIANA_MAIL_PORT: String(mailPort),
      POINCIANA_TELEGRAM_MESSAGES_PER_SECOND: '100000',
      POINCIANA_TELEGRAM_PAIR_INTERVAL_MS: '0',
      POINCIANA_VOICE_CALLS_PER_SECOND: '10000',
      POINCIANA_DISPATCH_CONNECTIONS: '8',
      POINCIANA_DISPATCH_ANSWER_TIMEOUT_MS: '1000',
      POINCIANA_DISPATCH_CONNECT_TIMEOUT_MS: '500',
    });
  }

  /** How often the provider itself took it: by our id, and where the protocol has none by the person, who gets one only. */
  async function acceptedTimes({ id, played, address }: PlannedOne): Promise<number> {
    if (played === 'whatsapp') return (await provider.acceptedOf(id)).accepted;
    const filter = played === 'telegram' ? `address=${address}` : `communicationId=${id}`;
    const { accepted } = (await provider.control('GET', `${played}/accepted?${filter}`)) as {
      accepted: readonly object[];
    };
    return accepted.length;
  }

  it(
    'contacts nobody twice, ends everything, and tells truly what happened',
    async () => {
      const planned = await planEverywhere(prepared.store, COMMUNICATIONS_EACH, 3_000);
      const ids = planned.map(({ id }) => id);
      let killedWhileSending = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const program = await start();
        await pause(ageAt(kill));
        await program.end('SIGKILL');
        const facts = await factsOf(prepared.store, ids);
        if (facts.some((each) => each?.dispatch === 'requested')) killedWhileSending += 1;
      }
      expect(killedWhileSending).toBeGreaterThan(0);
      const last = await start();
      const facts = await until(
        'everything ends',
        () => factsOf(prepared.store, ids),
        (all) => all.every((each) => FINAL_STATUSES.includes(each?.status ?? '')),
      );
      await last.end();
      const counts = new Map<string, number>();
      for (const [index, one] of planned.entries()) {
        const each = facts[index];
        const accepted = await acceptedTimes(one);
        expect({ ...one, accepted, isTold: isTold(each, accepted) }).toMatchObject({ isTold: true });
        const stream = streamName('communication', one.id);
        const events = await prepared.store.readTails([{ stream, afterRevision: -1 }]);
        expect(events.filter(({ type }) => type === 'CommunicationEnded')).toHaveLength(1);
        const line = `${one.played} ${each?.status} ${each?.code ?? ''}, accepted ${accepted}`;
        counts.set(line, (counts.get(line) ?? 0) + 1);
      }
      const lines = [...counts].sort().map(([line, count]) => `  ${line}: ${count}\n`);
      process.stderr.write(
        `seed ${SEED}\n${KILLS} kills, ${killedWhileSending} of them while sending\n${lines.join('')}`,
      );
    },
    CAMPAIGN_MS_MAX,
  );
});

/** How old a process gets, in milliseconds. */
function ageAt(kill: number): number {
  return (Number.parseInt(derivedId('kill', SEED, kill).slice(0, 8), 16) / 2 ** 32) * LIFE_MS_MAX;
}

/** Taken once at most; what counts as sent was taken, and what was taken and does not count as sent is said to be unknown. */
function isTold(facts: CommunicationFacts | undefined, accepted: number): boolean {
  if (accepted > 1 || facts === undefined) return false;
  const counts = facts.startedAt !== undefined || facts.signals !== undefined;
  return counts ? accepted === 1 : accepted === 0 || facts.code === 'outcome_unknown';
}

/** The control API of a channel; WhatsApp's is at the root. */
function pathOf(played: PlayedChannel): string {
  return played === 'whatsapp' ? '' : `${played}/`;
}
