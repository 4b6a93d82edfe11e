import { afterEach, expect, jest, test } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PassLoop } from './pass-loop.js';

const LONG_MS = 3_600_000;
const onTrouble = jest.fn<(error: unknown) => void>();
let loop: PassLoop | undefined;

afterEach(async () => {
  await loop?.stop();
  onTrouble.mockClear();
});

function started(pass: () => Promise<number>, restMs: () => Promise<number> = async () => LONG_MS): PassLoop {
  loop = new PassLoop({ pass, restMs, onTrouble });
  loop.start();
  return loop;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurn();
}

async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
}

test('passes again at once while there is something, and then rests', async () => {
  let passes = 0;
  started(async () => (++passes < 5 ? 1 : 0));
  await until(() => passes === 5);
  await manyTurns();
  expect(passes).toBe(5);
});

test('is woken from its rest', async () => {
  let passes = 0;
  const one = started(async () => {
    passes += 1;
    return 0;
  });
  await manyTurns();
  expect(passes).toBe(1);
  one.wake();
  await until(() => passes === 2);
  await manyTurns();
  expect(passes).toBe(2);
});

test.each(['pass', 'rest'] as const)(
  'is woken while it asks for its %s: the rest behind it is left out',
  async (what) => {
    let passes = 0;
    let asked: (() => void) | undefined;
    const waits = (): Promise<void> => new Promise((resolve) => (asked = resolve));
    const one = started(
      async () => {
        passes += 1;
        if (what === 'pass' && passes === 1) await waits();
        return 0;
      },
      async () => {
        if (what === 'rest' && passes === 1) await waits();
        return LONG_MS;
      },
    );
    await until(() => asked !== undefined);
    one.wake();
    asked?.();
    await until(() => passes === 2);
    await manyTurns();
    expect(passes).toBe(2);
  },
);

test('a failed pass is followed by a pause, whoever called during it', async () => {
  let passes = 0;
  const one = started(async () => {
    passes += 1;
    one.wake();
    throw new Error('away');
  });
  await until(() => onTrouble.mock.calls.length > 0);
  await manyTurns();
  expect(passes).toBe(1);
});
