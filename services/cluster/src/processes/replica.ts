import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { packageFolder } from '@poinciana/service-kit';

const END_WITH_PARENT = pathToFileURL(compiled('dist/src/processes/end-with-parent.js')).href;
/**
 * The options of the container image; here no limit asks for a bound of the heap. And no threads of its own for the garbage: a dozen
 * processes share the cores of one machine, and half of what such threads use is waiting for each other.
 */
const NODE_OPTIONS = [
  '--enable-source-maps',
  '--max-semi-space-size=64',
  '--single-threaded-gc',
  '--import',
  END_WITH_PARENT,
];
const LAST_LINES_MAX = 20;
/** A replica that has not stopped by then is killed. Its own steps have shorter bounds. */
const STOP_MS_MAX = 40_000;

/** What a replica runs. */
export interface ReplicaProgram {
  /** The part of the cluster that it is one of, for example `flow-execution`. */
  readonly part: string;
  /** Counts the replicas of a part from 1. */
  readonly number: number;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** A process that ended before it was ready. The message has its last lines. */
export class ReplicaStartError extends Error {
  override readonly name = 'ReplicaStartError';
}

/** How a process ended, in words, and the last that it wrote. */
export interface ReplicaEnd {
  readonly how: string;
  readonly lastLines: readonly string[];
}

/** One process of a part, started once. */
export class Replica {
  readonly name: string;
  /** Resolves when the process has ended. */
  readonly ended: Promise<ReplicaEnd>;
  private readonly child: ChildProcess;
  private readonly ready: Promise<undefined>;
  private readonly lastLines: string[] = [];
  private listensOn: string | undefined;
  private hasEnded = false;

  constructor(readonly program: ReplicaProgram) {
    this.name = `${program.part} ${program.number}`;
    // A group of its own: Ctrl-C at the terminal is for whoever started this, who then stops it in its turn.
    this.child = spawn(process.execPath, [...NODE_OPTIONS, program.program, ...program.parameters], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: program.environment,
    });
    this.ready = this.follow();
    this.ended = this.watch();
  }

  /** Where it listens; undefined while it cannot be asked anything. */
  get url(): string | undefined {
    return this.hasEnded ? undefined : this.listensOn;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new ReplicaStartError(`${this.name} could not be started`);
    return this.child.pid;
  }

  /** Resolves when it says that it is ready. Throws `ReplicaStartError` when it ends before. */
  async untilReady(): Promise<void> {
    const end = await Promise.race([this.ready, this.ended]);
    if (end !== undefined) throw new ReplicaStartError(`${this.name} ${end.how}:\n${end.lastLines.join('\n')}`);
  }

  /** Ends it and waits until it is gone; with SIGTERM it stops in order. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS_MAX);
    await this.ended;
    clearTimeout(late);
  }

  /** Follows what it writes, and resolves when it says where it listens. */
  private follow(): Promise<undefined> {
    return new Promise((resolve) => {
      for (const stream of [this.child.stdout, this.child.stderr]) {
        if (stream === null) continue;
        createInterface(stream).on('line', (line) => {
          this.lastLines.push(line);
          if (this.lastLines.length > LAST_LINES_MAX) this.lastLines.shift();
          this.listensOn ??= addressIn(line);
          if (this.listensOn !== undefined) resolve(undefined);
        });
      }
    });
  }

  private async watch(): Promise<ReplicaEnd> {
    const [code, signal] = (await once(this.child, 'close')) as [number | null, NodeJS.Signals | null];
    this.hasEnded = true;
    return {
      how: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`,
      lastLines: this.lastLines,
    };
  }
}

/** The address in the line by which a program says that it is ready: a line of the log, or the simulator's words. */
function addressIn(line: string): string | undefined {
  return /"url":"(http[^"]+)".*"The service is ready"|listens on (http\S+)/.exec(line)?.slice(1).find(Boolean);
}

/** The compiled program of a package of this repository. */
export function programOf(part: string): string {
  return compiled(`../${part}/dist/src/main.js`);
}

function compiled(path: string): string {
  return packageFolder(import.meta.url, path);
}
