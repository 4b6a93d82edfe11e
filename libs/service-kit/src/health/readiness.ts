import { TransientError, type EventStore } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import type { Subscriptions } from '../boot/subscriptions.js';
import type { Log } from '../logs/log.js';
import type { AskReadiness, ReadinessParts } from './readiness-parts.js';

/** A part that is asked longer than this counts as away. */
const CHECK_MS = 2_000;
const WORKING: ReadonlySet<string> = new Set(['running', 'paused']);

/** One thing that the process needs, and whether it has it. */
export interface ReadinessPart {
  readonly part: string;
  readonly ready: boolean;
  /** One sentence, when it is not. */
  readonly detail?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly parts: readonly ReadinessPart[];
}

/** What readiness looks at. */
export interface ReadinessSources {
  readonly eventStore: EventStore;
  /** The pool of each service, by its name. */
  readonly pools: ReadonlyMap<string, Pool>;
  readonly subscriptions: Subscriptions;
  /** What services ask besides. */
  readonly parts: ReadinessParts;
  /** Turns true once the process is told to stop. */
  isStopping(): boolean;
}

/** Asks all parts at once: log, databases, consumer groups. A paused group is deliberate and counts as ready. */
export async function readinessOf(sources: ReadinessSources, log: Log): Promise<Readiness> {
  const parts = await Promise.all([
    check('event log', log, async () => void (await sources.eventStore.head())),
    ...[...sources.pools].map(([service, pool]) => check(`database of ${service}`, log, () => askDatabase(pool))),
    ...sources.subscriptions.groups().map((group) => check(`consumer ${group}`, log, () => askGroup(sources, group))),
    ...sources.parts.all().map(([part, ask]) => check(part, log, () => askPart(ask))),
  ]);
  const process: ReadinessPart[] = sources.isStopping()
    ? [{ part: 'process', ready: false, detail: 'It is stopping.' }]
    : [];
  const all = [...process, ...parts];
  return { ready: all.every((part) => part.ready), parts: all };
}

/** Migrations were applied before the process listened; the search path shows that the schema is still there. */
async function askDatabase(pool: Pool): Promise<void> {
  const answer = await pool.query<{ schema: string | null }>('select current_schema() as schema');
  if (answer.rows[0]?.schema == null) throw new NotReady('Its schema is missing.');
}

async function askGroup(sources: ReadinessSources, group: string): Promise<void> {
  const { state } = await sources.subscriptions.progressOf(group);
  if (!WORKING.has(state)) throw new NotReady(`It is ${state}.`);
}

async function askPart(ask: AskReadiness): Promise<void> {
  const reason = await ask();
  if (reason !== undefined) throw new NotReady(reason);
}

/** A reason that may be shown to anybody. */
class NotReady extends Error {}

async function check(part: string, log: Log, ask: () => Promise<void>): Promise<ReadinessPart> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotReady(`It did not answer within ${CHECK_MS} ms.`)), CHECK_MS);
  });
  try {
    await Promise.race([ask(), tooLate]);
    return { part, ready: true };
  } catch (error) {
    if (!(error instanceof NotReady))
      log.warn({ err: error, part, transient: error instanceof TransientError }, 'Not ready');
    return { part, ready: false, detail: error instanceof NotReady ? error.message : 'It cannot be reached.' };
  } finally {
    clearTimeout(timer);
  }
}
