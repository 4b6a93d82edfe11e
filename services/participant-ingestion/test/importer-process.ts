import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { ReadableStream } from 'node:stream/web';
import { issueToken, packageFolder, Secret, SystemClock } from '@poinciana/service-kit';
import { WORKSPACE } from './fixtures.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const TOKENS = { secret: new Secret(SECRET), issuer: 'poinciana', audience: 'poinciana' };
const PIECE_BYTES = 1024 * 1024;
const program = packageFolder(import.meta.url, 'dist/src/main.js');

/** The compiled service as a process of its own, which can be killed. */
export class ImporterProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
    readonly url: string,
  ) {}

  /** Starts it on a database and a folder of files, with options of Node if any, and waits until it listens. */
  static async start(databaseUrl: string, filesFolder: string, nodeOptions = ''): Promise<ImporterProcess> {
    if (!existsSync(program)) throw new Error(`${program} is missing: npm run build makes it`);
    const child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        NODE_OPTIONS: nodeOptions,
        DATABASE_URL: databaseUrl,
        POINCIANA_UPLOADS_FOLDER: filesFolder,
        POINCIANA_TOKEN_SECRET: SECRET,
        POINCIANA_HTTP_HOST: '127.0.0.1',
        POINCIANA_HTTP_PORT: '0',
      },
    });
    // Whatever becomes of us, it does not stay behind.
    const endWithUs = (): boolean => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('close', () => process.off('exit', endWithUs));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    let output = '';
    const ready = new Promise<string>((resolve) => {
      const read = (text: Buffer): void => {
        output += text.toString();
        const url = /"url":"(http[^"]+)"/.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
    const url = await Promise.race([ready, ended.then(() => undefined)]);
    if (url === undefined) throw new Error(`It ended before it was ready: ${output}`);
    return new ImporterProcess(child, ended, url);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async call<Answer>(method: string, path: string, body?: FormData | string): Promise<Answer> {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
    return this.ask(path, { method, ...(body === undefined ? {} : { body }) }, type);
  }

  /** Sends a file as a form does. Node 20 has no `Blob` of more than 4 GiB, and sends nothing of one. */
  async upload<Answer>(path: string, file: string): Promise<Answer> {
    const boundary = `file-${randomUUID()}`;
    async function* form(): AsyncGenerator<Buffer> {
      yield Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n`,
      );
      yield* createReadStream(file, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>;
      yield Buffer.from(`\r\n--${boundary}--\r\n`);
    }
    const request = { method: 'POST', body: ReadableStream.from(form()), duplex: 'half' } as const;
    return this.ask(path, request, { 'content-type': `multipart/form-data; boundary=${boundary}` });
  }

  private async ask<Answer>(
    path: string,
    request: RequestInit,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const authorization = `Bearer ${await this.token()}`;
    const response = await fetch(`${this.url}/api/ingest/campaigns/${path}`, {
      ...request,
      headers: { authorization, ...headers },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${request.method ?? 'GET'} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }

  token(workspace = WORKSPACE): Promise<string> {
    return issueToken(TOKENS, { workspace, role: 'manager', subject: 'ada' }, 3_600, new SystemClock());
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}
