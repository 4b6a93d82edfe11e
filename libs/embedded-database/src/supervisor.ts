import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './errors.js';
import { freePort } from './free-port.js';
import { startPostmaster, type Postmaster, type PostmasterOptions } from './postmaster.js';
import { endEarlierServer } from './postmaster-file.js';

export interface SupervisorOptions extends Omit<PostmasterOptions, 'port'> {
  /** Undefined: a free one, kept for as long as the supervisor lives. */
  port?: number;
  /** Told of what somebody at a terminal should know: an unexpected end and the start after it. */
  onNotice: (notice: string) => void;
  /** The server ended again and again; it will not be started once more. */
  onFailure: (error: Error) => void;
}

const portAttemptsMax = 5;
const restartsMax = 8;
const restartsWithinMs = 60_000;
const pauseBeforeRestartMs = 100;

/** Keeps one server running on its data, at one port, until it is stopped. */
export class Supervisor {
  #running: Promise<Postmaster> | undefined;
  #stopped: Promise<void> | undefined;
  #postmaster: Postmaster | undefined;
  #restarts: number[] = [];
  #port: number;

  private constructor(private readonly options: SupervisorOptions) {
    this.#port = options.port ?? 0;
  }

  static async start(options: SupervisorOptions): Promise<Supervisor> {
    const supervisor = new Supervisor(options);
    await endEarlierServer(options.data);
    await supervisor.#startFirst();
    return supervisor;
  }

  get port(): number {
    return this.#port;
  }

  /** Number of the server's process; another one after it was started again. */
  get pid(): number {
    return this.#postmaster?.pid ?? 0;
  }

  /** Shuts the server down. Ends within 50 seconds whatever the server does; what was committed is safe in any case. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    await running?.stop();
  }

  async #startFirst(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.options.port === undefined) this.#port = await freePort();
      try {
        return await this.#startServer();
      } catch (error) {
        const portWasTaken = error instanceof EmbeddedDatabaseError && error.problem === 'portInUse';
        if (!portWasTaken || this.options.port !== undefined || attempt === portAttemptsMax) throw error;
      }
    }
  }

  async #startServer(): Promise<void> {
    this.#running = startPostmaster({ ...this.options, port: this.#port });
    this.#postmaster = await this.#running;
    void this.#postmaster.ended.then(() => this.#onEnded());
  }

  #onEnded(): void {
    if (this.#stopped !== undefined) return;
    this.#restart().catch((error: unknown) => {
      this.options.onFailure(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async #restart(): Promise<void> {
    const now = performance.now();
    this.#restarts = [...this.#restarts.filter((at) => now - at < restartsWithinMs), now];
    if (this.#restarts.length > restartsMax) {
      throw new EmbeddedDatabaseError(
        'serverFailed',
        `PostgreSQL ended ${restartsMax} times within a minute; see ${this.options.logFile}.`,
      );
    }
    this.options.onNotice('PostgreSQL ended unexpectedly and is being started again.');
    await delay(pauseBeforeRestartMs);
    await endEarlierServer(this.options.data);
    if (this.#stopped === undefined) await this.#startServer();
  }
}
