import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import Fastify from 'fastify';
import { result, type BenchResult } from '../../bench.js';
import type { PostedRequests } from './posting-worker.js';
import type { RunningDispatch } from './running-dispatch.js';
import { APP_SECRET } from './running-simulator.js';
import { addressOf, channelIdOf, PHONE_NUMBER_ID, WORKSPACE } from './sent-campaign.js';

const ROUNDS = 2;
const LANES = 64;
const TARGET = 0.5;
const INSERT = {
  name: 'bench-webhook',
  text: `INSERT INTO bench_webhook (workspace, message_id, content, received_at) VALUES ($1, $2, $3, now())`,
};

/** Webhooks that are signed and told for the first time, to a bare route that inserts one row a request. */
export async function webhooks(
  running: RunningDispatch,
  count: number,
  note: (line: string) => void,
): Promise<readonly BenchResult[]> {
  const ours = webhookOf(running);
  const bareRoute = await startBare(running);
  const [rates, bare]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const bareRate = await postRate(bareRoute.url, `bare-${round}`, count);
      const rate = await postRate(ours, `round-${round}`, count);
      note(`webhooks, round ${round} of ${ROUNDS}: ${Math.round(rate)}/s, bare ${Math.round(bareRate)}/s`);
      await untilWorkedOff(running);
      if (round === 0) continue;
      bare.push(bareRate);
      rates.push(rate);
    }
  } finally {
    await bareRoute.stop();
  }
  return [result('incoming webhooks, to a bare POST that inserts a row', 'requests/s', rates, bare, TARGET)];
}

/** Where the provider tells what becomes of messages. */
export function webhookOf({ url }: RunningDispatch): string {
  return `${url}/api/dispatch/webhooks/whatsapp/${channelIdOf('whatsapp')}`;
}

async function startBare({ pool }: RunningDispatch) {
  await pool.query(`CREATE TABLE bench_webhook (number bigserial PRIMARY KEY, workspace uuid NOT NULL,
    message_id text NOT NULL UNIQUE, content text NOT NULL, received_at timestamptz NOT NULL)`);
  const server = Fastify();
  server.post('/', async (request, reply) => {
    const body = request.body as { readonly entry: readonly [{ readonly id: string }] };
    await pool.query({ ...INSERT, values: [WORKSPACE, body.entry[0].id, JSON.stringify(body)] });
    return reply.code(200).send();
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}

async function postRate(url: string, name: string, count: number): Promise<number> {
  const requests = Array.from({ length: count }, (_, number) => {
    const body = statusBody(`${name}-${number}`, number);
    const signature = `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`;
    return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature } };
  });
  const workerData: PostedRequests = { url, lanes: LANES, requests };
  const worker = new Worker(new URL('./posting-worker.js', import.meta.url), { workerData });
  const [elapsedMs] = (await once(worker, 'message')) as [number];
  return (count / elapsedMs) * 1_000;
}

/** One status, as Meta tells it. */
function statusBody(id: string, number: number): string {
  const status = {
    id: `wamid.${id}`,
    status: 'delivered',
    timestamp: '1760000000',
    recipient_id: addressOf('whatsapp', number),
  };
  const metadata = { display_phone_number: '15550000000', phone_number_id: PHONE_NUMBER_ID };
  const value = { messaging_product: 'whatsapp', metadata, statuses: [status] };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id, changes: [{ value, field: 'messages' }] }],
  });
}

async function untilWorkedOff({ pool }: RunningDispatch): Promise<void> {
  const waiting = 'SELECT 1 FROM inbox_entry WHERE outcome IS NULL LIMIT 1';
  while ((await pool.query(waiting)).rows.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}
