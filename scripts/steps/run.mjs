import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { root } from './root.mjs';

/** Runs a program in the checkout at this terminal. Resolves with its exit code; one that was killed counts as 1. */
export function run(program, parameters, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a script or an installed program with this very Node. */
export function runNode(parameters, options) {
  return run(process.execPath, parameters, options);
}

/** How long something took, in seconds with one decimal, beside its answer. */
export async function timed(work) {
  const start = performance.now();
  const answer = await work();
  return { answer, seconds: ((performance.now() - start) / 1000).toFixed(1) };
}
