import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const examples = fileURLToPath(new URL('..', import.meta.url));
const root = join(examples, '..');
const run = promisify(execFile);

/** How the examples of a language are run. */
export interface ExamplePrograms {
  produce(environment: NodeJS.ProcessEnv, parameters: readonly string[]): Promise<void>;
  /** The lines that the consumer prints until it has printed `count`. */
  consume(environment: NodeJS.ProcessEnv, category: string, count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

function programs(program: string, files: readonly [string, string], close: () => Promise<void>): ExamplePrograms {
  const [produce, consume] = files;
  return {
    produce: async (env, parameters) => void (await run(program, [produce, ...parameters], { env })),
    consume: async (env, category, count) => {
      const { stdout } = await run(program, [consume, category, String(count)], { env });
      return stdout.trim().split('\n');
    },
    close,
  };
}

export function typeScriptPrograms(): ExamplePrograms {
  const file = (name: string) => join(examples, 'dist', 'src', `${name}.js`);
  return programs(process.execPath, [file('produce-participants'), file('consume-events')], async () => undefined);
}

/** In an environment of its own. Throws a sentence that says what is missing. */
export async function pythonPrograms(): Promise<ExamplePrograms> {
  if (spawnSync('python3', ['-c', 'import venv, ensurepip']).status !== 0) {
    throw new Error('The examples in Python need python3 with its modules venv and ensurepip (Debian: python3-venv).');
  }
  const folder = await mkdtemp(join(tmpdir(), 'poinciana-python-'));
  await run('python3', ['-m', 'venv', folder]);
  const python = join(folder, 'bin', 'python');
  await run(python, ['-m', 'pip', 'install', '--quiet', '-r', join(examples, 'python', 'requirements.txt')]);
  const file = (name: string) => join(examples, 'python', `${name}.py`);
  return programs(python, [file('produce_participants'), file('consume_events')], () =>
    rm(folder, { recursive: true, force: true }),
  );
}

/** A service as a process of its own. */
export function startService(name: string, environment: NodeJS.ProcessEnv): ChildProcess {
  const program = join(root, 'services', name, 'dist', 'src', 'main.js');
  return spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
}

export async function stopService(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  await ended;
}
