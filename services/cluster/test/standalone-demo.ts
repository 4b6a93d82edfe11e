import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDataPlace } from '@poinciana/embedded-database';
import type { DemoWishes } from '../src/index.js';
import { programOf } from '../src/processes/replica.js';

/** Runs the same demo with everything in one process and the log as the bus, and answers with what it said. */
export async function standaloneDemo({ people, durationSeconds }: DemoWishes): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'standalone-demo-'));
  chmodSync(dataDir, 0o755);
  const child = spawn(process.execPath, [programOf('standalone'), '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      TMPDIR: process.env['TMPDIR'],
      POINCIANA_DEMO_PEOPLE: String(people),
      POINCIANA_DEMO_DURATION_SECONDS: String(durationSeconds),
    },
  });
  const ended = once(child, 'close');
  let output = '';
  try {
    const said = new Promise<void>((resolve) => {
      child.stdout.on('data', (text: Buffer) => {
        output += text.toString();
        if (/\n\nWhy was this one not\?/.test(output) || output.includes('Demo: it ended early')) resolve();
      });
    });
    await Promise.race([said, ended]);
    return output;
  } finally {
    child.kill('SIGTERM');
    await ended;
    removeDataPlace(join(dataDir, 'database'));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The tables that the demo prints at its end, without what belongs to one run alone. */
export function tablesOf(output: string): string {
  const [, tables = ''] = /\nRows\n([\s\S]*?)\n\nWhy was/.exec(output) ?? [];
  return tables;
}
