import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeDataPlace } from '@poinciana/embedded-database';
import { SystemClock, issueToken, type Role } from '@poinciana/service-kit';
import { readTokenSecret } from '../src/data-folder.js';
import { defaultWorkspace, tokenRules } from '../src/tokens.js';

/** How a process that has ended did so. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  complaints: string;
}

const attemptsMax = 3_000;
const program = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));

/** A data folder for standalone processes that are started and killed one after the other. */
export class StandaloneProcess {
  readonly dataDir: string;
  readonly #folder: string;
  #child: ChildProcess | undefined;
  #ended: Promise<Ended> | undefined;
  #output = '';
  #complaints = '';

  /** `environment` comes on top of what the process needs anyway. */
  constructor(private readonly environment: Readonly<Record<string, string>> = {}) {
    if (!existsSync(program)) throw new Error(`${program} is missing: npm run build makes it`);
    this.#folder = mkdtempSync(join(tmpdir(), 'standalone-'));
    chmodSync(this.#folder, 0o755);
    this.dataDir = join(this.#folder, 'data');
  }

  /** Starts the real program on a free port and resolves with its address when it says that it is ready. */
  async start(...parameters: string[]): Promise<string> {
    const ended = this.launch('--port', '0', ...parameters);
    const ready = new Promise<string>((resolve) => {
      this.#child?.stdout?.on('data', () => {
        const url = /Health\s+(http\S+)\/health\/ready[\s\S]*Ctrl-C/.exec(this.#output)?.[1];
        if (url !== undefined) resolve(url);
      });
    });
    const url = await Promise.race([ready, ended.then(() => undefined)]);
    if (url === undefined) throw new Error(`standalone ended before it was ready: ${(await ended).complaints}`);
    return url;
  }

  /** Starts the program with exactly these options besides the data folder, for starts that are to fail. */
  launch(...parameters: string[]): Promise<Ended> {
    [this.#output, this.#complaints] = ['', ''];
    const child = spawn(process.execPath, [program, '--data-dir', this.dataDir, ...parameters], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...this.environment },
    });
    child.stdout.on('data', (text: Buffer) => (this.#output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (this.#complaints += text.toString()));
    this.#child = child;
    this.#ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve({ code, signal, output: this.#output, complaints: this.#complaints }),
      );
    });
    return this.#ended;
  }

  /** What the process has said so far. */
  get output(): string {
    return this.#output;
  }

  /** Sends a signal to the process alone and waits for its end. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    this.#child?.kill(signal);
    return this.#ended ?? Promise.reject(new Error('no process was started'));
  }

  /** Sends SIGINT to the process and everything in its group, as a terminal does. */
  pressCtrlC(): Promise<Ended> {
    process.kill(-Number(this.#child?.pid), 'SIGINT');
    return this.#ended ?? Promise.reject(new Error('no process was started'));
  }

  /** Number of the process of the embedded database; undefined when there is none. */
  databasePid(): number | undefined {
    const file = join(this.dataDir, 'database', 'data', 'postmaster.pid');
    return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
  }

  /** Waits until a start has come as far as its database. */
  async untilDatabaseRuns(): Promise<void> {
    for (let attempt = 1; this.databasePid() === undefined; attempt += 1) {
      if (attempt === attemptsMax) throw new Error('the database was never started');
      await delay(20);
    }
  }

  /** Waits until all parts of the process are ready again on another database process than `killed`. */
  async untilReady(url: string, killed?: number): Promise<void> {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const current = this.databasePid();
      const isAnother = current !== undefined && current !== killed;
      if (isAnother && (await fetch(`${url}/health/ready`)).status === 200) return;
      await delay(20);
    }
    throw new Error('the process never became ready');
  }

  /** A header that lets a request in. */
  async authorization(role: Role = 'operator', workspace = defaultWorkspace): Promise<{ authorization: string }> {
    const secret = readTokenSecret(this.dataDir);
    if (secret === undefined) throw new Error('the process has never been ready');
    const token = await issueToken(tokenRules(secret), { workspace, role, subject: 'spec' }, 3_600, new SystemClock());
    return { authorization: `Bearer ${token}` };
  }

  /** Ends what still runs and takes all data away. */
  async remove(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.end('SIGTERM');
    removeDataPlace(join(this.dataDir, 'database'));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
