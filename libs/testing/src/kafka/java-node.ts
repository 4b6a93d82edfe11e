import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify, types } from 'node:util';
import { launcherFile } from './kafka-jars.js';

const STOP_MS_MAX = 30_000;
const LOOK_MS = 50;
const JAVA_OPTIONS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Djava.awt.headless=true'];

export interface JavaNodeOptions {
  readonly folder: string;
  readonly jars: string;
  readonly clusterId: string;
  readonly properties: string;
}

/** One broker as a process of Java that ends with this one. */
export class JavaNode {
  private guard: ChildProcess | undefined;
  private pid: number | undefined;

  constructor(private readonly options: JavaNodeOptions) {}

  get runs(): boolean {
    return this.processId !== undefined;
  }

  get processId(): number | undefined {
    return this.pid !== undefined && isAlive(this.pid) ? this.pid : undefined;
  }

  async start(): Promise<void> {
    if (this.runs) return;
    await this.prepare();
    const { folder, jars } = this.options;
    const log4j = `-Dlog4j2.configurationFile=file:${launcherFile('log4j2.properties')}`;
    const java = ['java', '-Xms64m', '-Xmx256m', ...JAVA_OPTIONS, log4j, '-cp', `${jars}/*`];
    const parameters = [join(folder, 'broker.log'), ...java, 'kafka.Kafka', join(folder, 'server.properties')];
    // A group of its own: Ctrl-C at the terminal is for whoever started this, who then stops it in its turn.
    const guard = spawn('bash', [launcherFile('guarded.sh'), ...parameters], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    const [line] = await once(createInterface(guard.stdout), 'line');
    this.guard = guard;
    this.pid = Number(line);
  }

  /** Ends the process by its number and waits until it is gone; one that does not stop in time is killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { pid, guard } = this;
    if (pid !== undefined && isAlive(pid)) {
      process.kill(pid, signal);
      for (let waited = 0; isAlive(pid); waited += LOOK_MS) {
        if (waited === STOP_MS_MAX) process.kill(pid, 'SIGKILL');
        await sleep(LOOK_MS);
      }
    }
    this.pid = undefined;
    this.guard = undefined;
    if (guard === undefined || guard.exitCode !== null) return;
    const ended = once(guard, 'exit');
    guard.stdin?.end();
    await ended;
  }

  /** The end of what the broker wrote, for the message of a test that could not start it. */
  async log(): Promise<string> {
    return (await readFile(join(this.options.folder, 'broker.log'), 'utf8')).slice(-4_000);
  }

  private async prepare(): Promise<void> {
    const { folder, jars, clusterId, properties } = this.options;
    if (existsSync(join(folder, 'server.properties'))) return;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'server.properties'), properties);
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', join(folder, 'server.properties')];
    await promisify(execFile)('java', [...JAVA_OPTIONS, '-Xmx128m', '-cp', `${jars}/*`, ...format]);
  }
}

/** A process that ended but was not yet waited for counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Under Jest an error of the system is of another realm, which `instanceof` does not know.
    if (types.isNativeError(error) && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
  return true;
}
