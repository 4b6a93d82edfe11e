import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamName } from '@poinciana/event-sourcing';
import {
  DISPATCH_ENVIRONMENT,
  prepareLog,
  TOKEN_SECRET,
  until,
  webhookAt,
  type PreparedLog,
} from './booted-dispatch.js';
import { factsOf, FINAL_STATUSES, planNow } from './sample-plans.js';
import { StartedProgram } from './started-program.js';

const KILLS = 3;
const COMMUNICATIONS = 200;

/** A port that was free a moment ago: the same for every process, so that webhooks find the next one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('dispatch, killed with -9 while it sends', () => {
  let log: PreparedLog;
  let port: number;

  beforeAll(async () => {
    log = await prepareLog('--time-scale', '60');
    port = await freePort();
    await log.provider.tellTo(webhookAt(`http://127.0.0.1:${port}`));
    // Slow answers: there is always something under way when the process dies.
    await log.provider.control('POST', 'faults', { kind: 'slowAnswer', probability: 1, delayMs: 50 });
  });
  afterAll(() => log.stop());

  function start(): Promise<StartedProgram> {
    return StartedProgram.start('communication-dispatch', [], {
      ...DISPATCH_ENVIRONMENT,
      DATABASE_URL: log.databaseUrl,
      POINCIANA_TOKEN_SECRET: TOKEN_SECRET,
      POINCIANA_HTTP_HOST: '127.0.0.1',
      POINCIANA_HTTP_PORT: String(port),
      POINCIANA_DISPATCH_CONNECTIONS: '8',
      POINCIANA_DISPATCH_ANSWER_TIMEOUT_MS: '1000',
      POINCIANA_DISPATCH_CONNECT_TIMEOUT_MS: '500',
    });
  }

  it('contacts nobody twice, ends everything, and tells truly what happened', async () => {
    const ids = await planNow(log.store, 'kills', COMMUNICATIONS, 3_000);
    let killedWhileSending = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = (await log.provider.summary()).accepted;
      const program = await start();
      await until(
        'it sends',
        () => log.provider.summary(),
        ({ accepted }) => accepted > before + 10 || accepted >= COMMUNICATIONS,
      );
      await pause(37 * kill);
      const facts = await factsOf(log.store, ids);
      if (facts.some((each) => each?.dispatch === 'requested')) killedWhileSending += 1;
      await program.end('SIGKILL');
    }
    expect(killedWhileSending).toBeGreaterThan(0);
    const last = await start();
    const facts = await until(
      'everything ends',
      () => factsOf(log.store, ids),
      (all) => all.every((each) => FINAL_STATUSES.includes(each?.status ?? '')),
    );
    await last.end();
    for (const each of facts) {
      const id = each?.id ?? '';
      const { accepted } = await log.provider.acceptedOf(id);
      const events = await log.store.readTails([{ stream: streamName('communication', id), afterRevision: -1 }]);
      // Said with the count: whoever finds it wrong wants to know what happened.
      const history = events.map(({ type, time, data }) => ({ type, time, data }));
      expect({ accepted, history }).toEqual({ accepted: each?.providerMessageId === undefined ? 0 : 1, history });
      expect(events.filter(({ type }) => type === 'CommunicationEnded')).toHaveLength(1);
    }
    // What agents said among them.
    const { acceptedPerCommunicationMax, doubled } = await log.provider.summary();
    expect({ acceptedPerCommunicationMax, doubled }).toEqual({ acceptedPerCommunicationMax: 1, doubled: [] });
  });
});
