import { randomUUID } from 'node:crypto';
import { type Interruption, interruptionOf } from '../domain/interruption.js';
import type { StopSignal } from './lease-lost.js';

/** Uploads that one process works on at the same time. */
export const WORKS_MAX = 2;
/** How often it is looked for what nobody works on, beside being told. */
const POLL_MS = 2_000;

/** Told when work on an upload is interrupted; it is taken up again. */
export type OnInterrupted = (uploadId: string | undefined, error: unknown) => void;

/** A kind of work on uploads: checking them, importing them, reverting them. */
export interface UploadWork<Task extends { readonly id: string }> {
  readonly take: (holder: string) => Promise<Task | undefined>;
  readonly release: (task: Task, interruption: Interruption) => Promise<void>;
  readonly run: (task: Task, stop: StopSignal) => Promise<void>;
}

/** A task at hand, whatever its kind. */
interface TakenTask {
  readonly id: string;
  run(stop: StopSignal): Promise<void>;
  release(interruption: Interruption): Promise<void>;
}

/** Says of a kind of work how its next task is taken. */
export function taking<Task extends { readonly id: string }>({ take, release, run }: UploadWork<Task>) {
  return async (holder: string): Promise<TakenTask | undefined> => {
    const task = await take(holder);
    if (task === undefined) return undefined;
    return { id: task.id, run: (stop) => run(task, stop), release: (interruption) => release(task, interruption) };
  };
}

/** Works on uploads in the background, and goes on with what others left. */
export class UploadWorker {
  private readonly holder = randomUUID();
  private stopping: AbortController | undefined;
  private loops: readonly Promise<void>[] = [];
  private sleepers: (() => void)[] = [];

  constructor(
    /** How the next task of each kind is taken; the first kind that has one goes first. */
    private readonly kinds: readonly ((holder: string) => Promise<TakenTask | undefined>)[],
    private readonly onInterrupted: OnInterrupted,
  ) {}

  start(): void {
    const stopping = new AbortController();
    this.stopping = stopping;
    this.loops = Array.from({ length: WORKS_MAX }, (_, index) =>
      this.loop(`${this.holder.slice(0, -1)}${index}`, stopping.signal),
    );
  }

  /** There is something to do. */
  wake(): void {
    const { sleepers } = this;
    this.sleepers = [];
    sleepers.forEach((wakeUp) => wakeUp());
  }

  /** Ends after the steps at hand. */
  async stop(): Promise<void> {
    this.stopping?.abort();
    this.wake();
    await Promise.all(this.loops);
  }

  private async loop(holder: string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const worked = await this.workOnNext(holder, stop);
      if (!worked && !stop.aborted) await this.sleep();
    }
  }

  /** Works on one upload; false when there was none, or something went wrong. */
  private async workOnNext(holder: string, stop: AbortSignal): Promise<boolean> {
    let task: TakenTask | undefined;
    try {
      for (const take of this.kinds) {
        task = await take(holder);
        if (task === undefined) continue;
        await task.run(stop);
        return true;
      }
      return false;
    } catch (error) {
      this.onInterrupted(task?.id, error);
      if (task !== undefined) await this.release(task, error);
      return false;
    }
  }

  /** A release that fails changes nothing but what is shown: whoever holds a lease may take it again. */
  private async release(task: TakenTask, cause: unknown): Promise<void> {
    await task.release(interruptionOf(cause)).catch((error: unknown) => this.onInterrupted(task.id, error));
  }

  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.sleepers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
