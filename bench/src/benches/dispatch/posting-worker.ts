import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import { inLanes } from './bare-sending.js';

/** What is posted: every request's body, and headers that belong to it. */
export interface PostedRequests {
  readonly url: string;
  readonly lanes: number;
  readonly requests: readonly { readonly body: string; readonly headers: Readonly<Record<string, string>> }[];
}

// A thread of its own: whoever posts costs the measured side nothing but its share of the machine.
const { url, lanes, requests } = workerData as PostedRequests;
const { origin, pathname: path } = new URL(url);
const pool = new Pool(origin, { connections: lanes, pipelining: 1 });
const beganAt = performance.now();
await inLanes(lanes, requests.length, async (number) => {
  const request = requests[number];
  if (request === undefined) return;
  const { statusCode, body } = await pool.request({ path, method: 'POST', ...request });
  await body.dump();
  if (statusCode !== 200) throw new Error(`A request was answered with ${statusCode}`);
});
parentPort?.postMessage(performance.now() - beganAt);
await pool.close();
