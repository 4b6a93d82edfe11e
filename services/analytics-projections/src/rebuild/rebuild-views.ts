import { setTimeout as pause } from 'node:timers/promises';
import { DomainError, TransientError } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { analyzeTables, buildIndexes, dropBeside, prepareBeside, schemaExists } from './beside-schema.js';
import { type RebuildSettings, withSchemaLock } from './rebuild-settings.js';
import { type GroupReplay, Replay } from './replay.js';
import { isSwapRefused, swapTables } from './swap-tables.js';

const LOOK_EVERY_MS = 50;
/** So near to the log's end the rest is done while the live consumers wait. */
const NEAR_EVENTS = 5_000;
/** How long the live consumers wait for it at most. */
const CATCH_UP_MS_MAX = 20_000;
const SWAPS_MAX = 20;

export type RebuildPhase = 'replaying' | 'indexing' | 'swapping';

/** `interrupted`: a process ended in the middle; the next start goes on where it was. */
export type RebuildState = 'none' | 'running' | 'interrupted' | 'done' | 'failed';

export interface RebuildStatus {
  readonly state: RebuildState;
  readonly phase: RebuildPhase | null;
  readonly groups: readonly GroupReplay[];
  /** Why it failed. */
  readonly problem: string | null;
}

/** Builds all read models again from the log, beside the live ones, and swaps them in. Reads go on all the time. */
export class RebuildViews {
  private readonly stopping = new AbortController();
  private phase: RebuildPhase | undefined;
  private replay: Replay | undefined;
  private ended: Pick<RebuildStatus, 'state' | 'problem'> = { state: 'none', problem: null };
  private groups: readonly GroupReplay[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly settings: RebuildSettings) {}

  /** Begins, or goes on with what was interrupted. Throws a `DomainError` when it runs already. */
  start(): void {
    if (this.running !== undefined) throw alreadyRunning();
    this.phase = 'replaying';
    this.groups = [];
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.phase = undefined;
    });
  }

  async status(): Promise<RebuildStatus> {
    if (this.running !== undefined) {
      this.groups = (await this.replay?.progress()) ?? this.groups;
      return { state: 'running', phase: this.phase ?? null, groups: this.groups, problem: null };
    }
    if (this.ended.state !== 'failed' && (await schemaExists(this.settings.pool, this.beside)))
      return { state: 'interrupted', phase: null, groups: [], problem: null };
    return { ...this.ended, phase: null, groups: this.groups };
  }

  /** Resolves when what runs has ended, well or not. */
  async ending(): Promise<void> {
    await this.running;
  }

  /** Ends what runs; the next start goes on with it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private get beside(): string {
    return `${this.settings.schema}_next`;
  }

  private async run(): Promise<void> {
    try {
      const done = await withSchemaLock(this.settings.pool, this.beside, () => this.build());
      if (done === undefined) throw alreadyRunning();
      this.ended = { state: this.stopping.signal.aborted ? 'interrupted' : 'done', problem: null };
    } catch (error) {
      this.ended = { state: 'failed', problem: error instanceof Error ? error.message : 'unknown' };
      this.settings.report({ kind: 'ended', group: `${this.settings.schema} rebuild`, error });
    }
  }

  private async build(): Promise<void> {
    const { pool, schema: live, migrations } = this.settings;
    await prepareBeside(pool, { live, beside: this.beside, migrations });
    const besidePool = this.settings.openPool(this.beside);
    try {
      await this.startReplay(besidePool);
      await this.until(isNear);
      this.phase = 'indexing';
      if (!this.isStopping) {
        await buildIndexes(pool, this.beside);
        await analyzeTables(pool, this.beside);
      }
      this.phase = 'swapping';
      for (let attempt = 1; !this.isStopping; attempt += 1) {
        await this.until(isNear);
        if (await this.swap(besidePool, attempt)) return;
      }
    } finally {
      await this.endReplay();
      await besidePool.end();
    }
  }

  private async swap(besidePool: Pool, attempt: number): Promise<boolean> {
    const { pool, schema: live, groups, afterSwap } = this.settings;
    if (this.isStopping) return false;
    try {
      await swapTables(pool, {
        live,
        beside: this.beside,
        groups: groups.map(({ name }) => name),
        catchUpTo: (position) => this.catchUp(position),
        afterwards: afterSwap,
      });
      return true;
    } catch (error) {
      if (!isSwapRefused(error) || attempt >= SWAPS_MAX) throw error;
      await this.endReplay();
      await this.startReplay(besidePool);
      return false;
    }
  }

  private async catchUp(position: number): Promise<void> {
    const inTime = AbortSignal.timeout(CATCH_UP_MS_MAX);
    await this.until((groups) => inTime.aborted || groups.every((group) => group.position >= position));
    if (inTime.aborted || this.isStopping)
      throw new TransientError('The tables beside were not as far as the live ones in time');
    await this.endReplay();
  }

  private async until(holds: (groups: readonly GroupReplay[]) => boolean): Promise<void> {
    while (!this.isStopping) {
      this.groups = (await this.replay?.progress()) ?? this.groups;
      if (holds(this.groups)) return;
      await pause(LOOK_EVERY_MS);
    }
  }

  private async startReplay(besidePool: Pool): Promise<void> {
    const { eventStore, groups, report } = this.settings;
    this.replay = await Replay.start(eventStore, besidePool, groups, report);
  }

  private async endReplay(): Promise<void> {
    const { replay } = this;
    this.replay = undefined;
    await replay?.stop();
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Forgets what was interrupted. */
  async forget(): Promise<void> {
    if (this.running !== undefined) throw alreadyRunning();
    await dropBeside(this.settings.pool, this.beside);
  }
}

function isNear(groups: readonly GroupReplay[]): boolean {
  return groups.every(({ position, head }) => head - position <= NEAR_EVENTS);
}

function alreadyRunning(): DomainError {
  return new DomainError('rebuild_running', 'The read models are being built again already', 'conflict');
}
