import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('main.js', import.meta.resolve('@poinciana/channel-simulator')));
export const ACCESS_TOKEN = 'bench-access-token';
export const APP_SECRET = 'bench-app-secret';
/** Everybody reads, and soon: what is sent is delivered after milliseconds. */
const PEOPLE = ['--shares', '{"reads":1}', '--time-scale', '200'];
const NO_LIMITS = ['--messages-per-second', 'unlimited', '--pair-rate', 'off', '--mode', 'manual'];

/** The provider's side, as a process of its own. */
export class RunningSimulator {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<RunningSimulator> {
    const options = ['--port', '0', '--smtp-port', '0', '--access-token', ACCESS_TOKEN, ...PEOPLE, ...NO_LIMITS];
    const child = spawn(process.execPath, [PROGRAM, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (text: Buffer) => {
        output += text.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.once('close', () => reject(new Error(`The simulator ended before it was ready: ${output}`)));
    });
    return new RunningSimulator(child, url);
  }

  async smtpPort(): Promise<number> {
    return ((await this.control('GET', 'mail/port')) as { readonly port: number }).port;
  }

  /** With `manual` nobody does anything, and no status is told. */
  setMode(mode: 'automatic' | 'manual'): Promise<unknown> {
    return this.control('PUT', 'mode', { mode });
  }

  tellTo(url: string): Promise<unknown> {
    return this.control('PUT', 'webhook', { url, appSecret: APP_SECRET, verifyToken: 'bench-verify-token' });
  }

  async accepted(): Promise<number> {
    const [whatsapp, mail] = await Promise.all([this.control('GET', 'summary'), this.control('GET', 'mail/summary')]);
    return [whatsapp, mail].reduce<number>((sum, each) => sum + (each as { accepted: number }).accepted, 0);
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.child.once('close', () => resolve()));
    this.child.kill('SIGTERM');
    await ended;
  }

  private async control(method: string, path: string, body?: object): Promise<unknown> {
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.url}/control/${path}`, { method, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
