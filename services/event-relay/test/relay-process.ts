import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const TOKEN_SECRET = 'a secret that only these tests know, long enough';

/** Relays as processes of their own, all ended with the test. */
export class RelayProcesses {
  private readonly running = new Set<ChildProcess>();
  private readonly ready = new WeakMap<ChildProcess, Promise<string>>();
  private output = '';

  constructor(
    private readonly databaseUrl: string,
    private readonly brokers: readonly string[],
    private readonly settings: Readonly<Record<string, string>> = {},
  ) {}

  /** What the relays wrote, for the message of a test that failed. */
  get log(): string {
    return this.output;
  }

  start(): ChildProcess {
    const relay = fork(program, [], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: this.databaseUrl,
        POINCIANA_KAFKA_BROKERS: this.brokers.join(','),
        POINCIANA_TOKEN_SECRET: TOKEN_SECRET,
        POINCIANA_HTTP_HOST: '127.0.0.1',
        POINCIANA_HTTP_PORT: '0',
        ...this.settings,
      },
    });
    for (const stream of [relay.stdout, relay.stderr]) {
      stream?.on('data', (text: Buffer) => (this.output = (this.output + text.toString()).slice(-20_000)));
    }
    this.running.add(relay);
    this.ready.set(relay, said(relay, 'The service is ready'));
    return relay;
  }

  /** Waits until a relay is up: before that, a signal ends it as any program. */
  async untilReady(relay: ChildProcess): Promise<void> {
    await this.ready.get(relay);
  }

  /** Where a relay listens. */
  async urlOf(relay: ChildProcess): Promise<string> {
    const line = (await this.ready.get(relay)) ?? '';
    return /"url":"([^"]+)"/.exec(line)?.[1] ?? '';
  }

  async kill(relay: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    this.running.delete(relay);
    if (relay.exitCode === null && relay.signalCode === null) {
      const ended = once(relay, 'exit');
      relay.kill(signal);
      await ended;
    }
    return relay.exitCode;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((relay) => this.kill(relay)));
  }
}

/** What a relay wrote, once it says these words. */
function said(relay: ChildProcess, words: string): Promise<string> {
  return new Promise((resolve) => {
    let output = '';
    relay.stdout?.on('data', (text: Buffer) => {
      output += text.toString();
      if (output.includes(words)) resolve(output);
    });
  });
}
