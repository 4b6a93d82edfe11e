import { afterEach, expect, jest, test } from '@jest/globals';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { DueLanes } from './due-lanes.js';

const REST_MS = 10;
const LONG_MS = 3_600_000;
const LANES = 3;
let lanes: DueLanes | undefined;

afterEach(async () => {
  await Promise.all(lanes?.loops.map((loop) => loop.stop()) ?? []);
});

function started(pass: (claimed: () => void) => Promise<number>, restMs = async () => REST_MS): void {
  const onTrouble = jest.fn<(error: unknown) => void>();
  lanes = new DueLanes({ lanes: LANES, pass, restMs, onTrouble });
  lanes.loops.forEach((loop) => loop.start());
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(1);
}

test('while nothing is due, one lane looks out', async () => {
  let looks = 0;
  const asked: (() => void)[] = [];
  const pass = async (): Promise<number> => {
    looks += 1;
    return 0;
  };
  const restMs = (): Promise<number> => new Promise((resolve) => asked.push(() => resolve(REST_MS)));
  started(pass, restMs);
  await until(() => looks === LANES);
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
  const lookouts = asked.length;
  for (const answer of asked) answer();
  // Each lane has looked, and one of them asks for how long it may rest: the others leave that to it.
  expect(lookouts).toBe(1);
  await until(() => asked.length === 2);
  asked[1]?.();
});

test('whoever looks out looks at once when it is woken', async () => {
  let looks = 0;
  let rests = 0;
  started(
    async () => {
      looks += 1;
      return 0;
    },
    async () => {
      rests += 1;
      return LONG_MS;
    },
  );
  await until(() => looks === LANES && rests === 1);
  lanes?.wake();
  // Nobody but the lookout asks for how long it may rest.
  await until(() => rests === 2);
  expect(looks).toBeGreaterThan(LANES);
});

test('all lanes work when there is enough, and somebody looks out while the others are at it', async () => {
  let batches = 0;
  let atWork = 0;
  let looks = 0;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  started(async (claimed) => {
    looks += 1;
    if (batches === 0) return 0;
    batches -= 1;
    claimed();
    atWork += 1;
    await finished;
    return 1;
  });
  await until(() => looks > LANES + 3);
  batches = 1;
  await until(() => atWork === 1);
  // The lane that looked out is at work: another one notices what comes now.
  batches = LANES - 1;
  await until(() => atWork === LANES);
  expect(batches).toBe(0);
  finish();
});
