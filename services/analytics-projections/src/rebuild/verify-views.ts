import { setTimeout as pause } from 'node:timers/promises';
import { withStatementTime } from '@poinciana/database';
import { DomainError } from '@poinciana/event-sourcing';
import type { Pool, PoolClient } from 'pg';
import { dropBeside, prepareBeside, viewTables } from './beside-schema.js';
import { handledEvents, type HandledEvents, onlyHandled } from './handled-events.js';
import { type RebuildSettings, withSchemaLock } from './rebuild-settings.js';
import { type GroupReplay, logUpTo, Replay } from './replay.js';
import { firstDifference, tableHashes, tableShape, type TableHash } from './table-hashes.js';

const LOOK_EVERY_MS = 50;

/** What the log says of a table's rows of one campaign, and what the table says. */
export interface TableVerdict {
  readonly table: string;
  readonly campaignId: string;
  readonly workspace: string;
  readonly rows: number;
  readonly hash: string;
  readonly expectedRows: number;
  readonly expectedHash: string;
  readonly matches: boolean;
}

export interface Difference {
  readonly table: string;
  readonly campaignId: string;
  readonly workspace: string;
  /** The key of the first row that differs. */
  readonly row: string;
  readonly columns: readonly string[];
}

export interface Verification {
  /** Everything of the log up to this number was compared. */
  readonly position: number;
  readonly matches: boolean;
  readonly tables: readonly TableVerdict[];
  readonly firstDifference: Difference | null;
  /** Events that the live consumers could not handle: they are in neither. */
  readonly deadLetters: number;
}

export interface VerifyStatus {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  readonly groups: readonly GroupReplay[];
  readonly verification: Verification | null;
  readonly problem: string | null;
}

/**
 * Computes all read models once more from the log, in a schema of their own, and compares them with the live ones: with one
 * snapshot of them, in which rows and checkpoints belong together. Nobody waits for it.
 */
export class VerifyViews {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private current: VerifyStatus = { state: 'none', groups: [], verification: null, problem: null };
  private replay: Replay | undefined;

  constructor(private readonly settings: RebuildSettings) {}

  start(): void {
    if (this.running !== undefined) throw alreadyVerifying();
    this.current = { state: 'running', groups: [], verification: null, problem: null };
    this.running = this.run().finally(() => {
      this.running = undefined;
    });
  }

  async status(): Promise<VerifyStatus> {
    const groups = (await this.replay?.progress()) ?? this.current.groups;
    return { ...this.current, groups };
  }

  async ending(): Promise<void> {
    await this.running;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private get beside(): string {
    return `${this.settings.schema}_verify`;
  }

  private async run(): Promise<void> {
    try {
      const done = await withSchemaLock(this.settings.pool, this.beside, () => this.verify());
      if (done === undefined) throw alreadyVerifying();
      this.current = { ...this.current, state: 'done', verification: done.answer };
    } catch (error) {
      this.current = { ...this.current, state: 'failed', problem: error instanceof Error ? error.message : 'unknown' };
      this.settings.report({ kind: 'ended', group: `${this.settings.schema} verify`, error });
    }
  }

  private async verify(): Promise<Verification> {
    const { pool, schema: live, migrations } = this.settings;
    await dropBeside(pool, this.beside);
    await prepareBeside(pool, { live, beside: this.beside, migrations });
    const besidePool = this.settings.openPool(this.beside);
    try {
      return await withStatementTime(pool, 0, async (client) => {
        await client.query(
          'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0',
        );
        const handled = await this.handledByLive(client);
        await this.replayHandled(besidePool, handled);
        const compared = await this.compare(client, besidePool);
        const position = Math.max(0, ...[...handled.values()].map(({ through }) => through));
        const deadLetters = [...handled.values()].reduce((sum, each) => sum + each.deadLetters, 0);
        return { ...compared, position, deadLetters };
      });
    } finally {
      await besidePool.end();
      await dropBeside(pool, this.beside);
    }
  }

  private async handledByLive(client: PoolClient): Promise<ReadonlyMap<string, HandledEvents>> {
    const handled = new Map<string, HandledEvents>();
    for (const { name } of this.settings.groups)
      handled.set(name, await handledEvents(client, this.settings.schema, name));
    return handled;
  }

  private async replayHandled(besidePool: Pool, handled: ReadonlyMap<string, HandledEvents>): Promise<void> {
    const { eventStore, groups, report } = this.settings;
    const end = Math.max(0, ...[...handled.values()].map(({ through }) => through));
    const same = groups.map((group) => {
      const of = handled.get(group.name);
      return of === undefined ? group : onlyHandled(group, of);
    });
    this.replay = await Replay.start(logUpTo(eventStore, { shard: 0, number: end }), besidePool, same, report);
    try {
      for (;;) {
        const progress = await this.replay.progress();
        this.current = { ...this.current, groups: progress };
        if (progress.every(({ position, head }) => position >= head)) return;
        if (this.stopping.signal.aborted) throw new Error('The process ended before the comparison was done');
        await pause(LOOK_EVERY_MS);
      }
    } finally {
      const { replay } = this;
      this.replay = undefined;
      await replay.stop();
    }
  }

  private async compare(
    client: PoolClient,
    besidePool: Pool,
  ): Promise<Pick<Verification, 'matches' | 'tables' | 'firstDifference'>> {
    const { schema: live } = this.settings;
    const tables: TableVerdict[] = [];
    let first: Difference | null = null;
    for (const table of await viewTables(client, live)) {
      const shape = await tableShape(client, live, table);
      const verdicts = verdictsOf(
        await tableHashes(client, live, shape),
        await tableHashes(besidePool, this.beside, shape),
      );
      tables.push(...verdicts);
      const differing = verdicts.find(({ matches }) => !matches);
      if (first !== null || differing === undefined) continue;
      const sides = [
        { database: client, schema: live },
        { database: besidePool, schema: this.beside },
      ] as const;
      const row = await firstDifference(sides[0], sides[1], shape, differing);
      const { campaignId, workspace } = differing;
      first = { table, campaignId, workspace, row: row?.key ?? '', columns: row?.columns ?? [] };
    }
    return { matches: first === null, tables, firstDifference: first };
  }
}

function verdictsOf(found: readonly TableHash[], expected: readonly TableHash[]): readonly TableVerdict[] {
  const nameOf = ({ workspace, campaignId }: TableHash) => `${workspace} ${campaignId}`;
  const founds = new Map(found.map((hash) => [nameOf(hash), hash]));
  const expecteds = new Map(expected.map((hash) => [nameOf(hash), hash]));
  const either = new Map([...founds, ...expecteds]);
  return [...either]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, hash]) => verdictOf(founds.get(name) ?? noRows(hash), expecteds.get(name) ?? noRows(hash)));
}

function noRows(hash: TableHash): TableHash {
  return { ...hash, rows: 0, hash: '0' };
}

function verdictOf(found: TableHash, expected: TableHash): TableVerdict {
  const matches = found.rows === expected.rows && found.hash === expected.hash;
  return { ...found, expectedRows: expected.rows, expectedHash: expected.hash, matches };
}

function alreadyVerifying(): DomainError {
  return new DomainError('verify_running', 'The read models are being compared already', 'conflict');
}
