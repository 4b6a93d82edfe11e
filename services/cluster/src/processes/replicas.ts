import { setTimeout as pause } from 'node:timers/promises';
import { Replica, ReplicaStartError, type ReplicaProgram } from './replica.js';

const RESTART_PAUSE_MS = 1_000;
/** A replica that ends so often in a row before it was ready will never be. */
const FAILED_STARTS_MAX = 3;

export interface ReplicasOptions {
  readonly programOf: (part: string, number: number) => ReplicaProgram;
  /** Told in words what happened to a process that nobody asked to end. */
  readonly complain: (sentence: string) => void;
  /** A replica cannot be started any more. */
  readonly onFailure: (error: Error) => void;
}

/** All processes of the parts: those that crash are started again. */
export class Replicas {
  private readonly running = new Map<string, Replica>();
  private readonly leaving = new Set<Replica>();
  private isStopping = false;

  constructor(private readonly options: ReplicasOptions) {}

  /** Those of a part that can be asked something, by their number. */
  of(part: string): readonly Replica[] {
    return this.all()
      .filter(({ program, url }) => program.part === part && url !== undefined)
      .toSorted((one, other) => one.program.number - other.program.number);
  }

  all(): readonly Replica[] {
    return [...this.running.values()];
  }

  /** Starts one more and resolves when it is ready. Throws `ReplicaStartError`. */
  async start(part: string, number: number): Promise<Replica> {
    const replica = new Replica(this.options.programOf(part, number));
    this.running.set(replica.name, replica);
    await replica.untilReady();
    void replica.ended.then(({ how, lastLines }) => {
      if (this.isStopping || this.leaving.has(replica)) return;
      this.options.complain(`${replica.name} ${how} and is started again. Its last words:\n${lastLines.join('\n')}`);
      void this.restart(replica);
    });
    return replica;
  }

  /** Ends one for good. */
  async leave(replica: Replica, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.leaving.add(replica);
    await replica.end(signal);
    this.running.delete(replica.name);
    this.leaving.delete(replica);
  }

  /** Stops parts one after the other, the replicas of each at once. */
  async stop(parts: readonly string[]): Promise<void> {
    this.isStopping = true;
    for (const part of parts) {
      const replicas = this.all().filter(({ program }) => program.part === part);
      await Promise.all(replicas.map((replica) => replica.end('SIGTERM')));
    }
  }

  private async restart({ name, program }: Replica): Promise<void> {
    for (let failed = 1; ; failed += 1) {
      await pause(RESTART_PAUSE_MS);
      if (this.isStopping) return;
      try {
        await this.start(program.part, program.number);
        return this.options.complain(`${name} is back.`);
      } catch (error) {
        if (!(error instanceof ReplicaStartError)) throw error;
        if (this.isStopping) return;
        this.options.complain(error.message);
        if (failed === FAILED_STARTS_MAX) return this.options.onFailure(error);
      }
    }
  }
}
