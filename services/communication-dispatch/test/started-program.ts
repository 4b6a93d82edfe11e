import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { packageFolder } from '@poinciana/service-kit';

/** A compiled program of this repository, running as a process of its own. */
export class StartedProgram {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
    /** What the awaited line says about its address. */
    readonly url: string,
  ) {}

  /** Starts `dist/src/main.js` of a service and waits for the line that names its address. */
  static async start(
    service: string,
    parameters: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<StartedProgram> {
    const program = packageFolder(import.meta.url, `../${service}/dist/src/main.js`);
    if (!existsSync(program)) throw new Error(`${program} is missing: npm run build makes it`);
    const child = spawn(process.execPath, [program, ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...environment },
    });
    // Whatever becomes of us, it does not stay behind.
    const endWithUs = (): boolean => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('close', () => process.off('exit', endWithUs));
    let output = '';
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const ready = new Promise<string>((resolve) => {
      const read = (text: Buffer): void => {
        output += text.toString();
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        if (url !== undefined) resolve(url);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
    const url = await Promise.race([ready, ended.then(() => undefined)]);
    if (url === undefined) throw new Error(`${service} ended before it was ready: ${output}`);
    return new StartedProgram(child, ended, url);
  }

  /** Ends it and waits for its end. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}
