import { setTimeout as pause } from 'node:timers/promises';
import {
  ANALYTICS_PROJECTIONS_SCHEMA,
  buildIndexes,
  dropBeside,
  MIGRATIONS,
  prepareBeside,
  projectionsOf,
  Replay,
} from '@poinciana/analytics-projections';
import { createPool } from '@poinciana/database';
import type { EventStore } from '@poinciana/event-sourcing';
import type { ConsumerGroup } from '@poinciana/messaging';
import { messagingLogMigrations } from '@poinciana/messaging-log';
import type { Pool, PoolClient } from 'pg';
import type { RunningServices } from '../end-to-end/running-services.js';

const BESIDE = 'bench_replayed';
const CONNECTIONS = 8;
/** As a rebuild does. */
const LOOK_EVERY_MS = 50;

/** One consumer group of the views, over the whole log and into empty tables, in the way of a rebuild. */
export class ReplayedGroup {
  private constructor(
    private readonly live: Pool,
    private readonly beside: Pool,
    private readonly store: EventStore,
    private readonly group: ConsumerGroup<PoolClient>,
  ) {}

  static async prepare({ databaseUrl }: RunningServices, store: EventStore, name: string): Promise<ReplayedGroup> {
    const open = (schema: string) =>
      createPool({ url: databaseUrl, schema, max: CONNECTIONS, applicationName: `bench ${schema}` });
    const live = open(ANALYTICS_PROJECTIONS_SCHEMA);
    const group = projectionsOf(live).groups.find((each) => each.name === name);
    if (group === undefined) throw new Error(`The views have no group ${name}`);
    await dropBeside(live, BESIDE);
    await prepareBeside(live, {
      live: ANALYTICS_PROJECTIONS_SCHEMA,
      beside: BESIDE,
      migrations: [messagingLogMigrations, MIGRATIONS],
    });
    await live.query('CHECKPOINT');
    return new ReplayedGroup(live, open(BESIDE), store, group);
  }

  async replay(): Promise<void> {
    const replay = await Replay.start(this.store, this.beside, [this.group], () => undefined);
    try {
      for (;;) {
        const progress = await replay.progress();
        if (progress.some(({ deadLetters }) => deadLetters > 0)) throw new Error('The replay met what it cannot show');
        if (progress.every(({ position, head }) => position >= head)) return;
        await pause(LOOK_EVERY_MS);
      }
    } finally {
      await replay.stop();
    }
  }

  async replayAndIndex(): Promise<void> {
    await this.replay();
    await buildIndexes(this.live, BESIDE);
  }

  async remove(): Promise<void> {
    await this.beside.end();
    await dropBeside(this.live, BESIDE);
    await this.live.end();
  }
}
