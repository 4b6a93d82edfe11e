import type { communication as contract } from '@poinciana/contracts';
import { RunningDatabase } from './running-database.js';

/** What the log says of the messages that people wrote. */
export interface ToldReplies {
  readonly received: number;
  /** Of those, how many belong to no communication. */
  readonly inbound: number;
  /** The longest time from Started to Replied. */
  readonly slowestMs: number;
}

/** Reads the log of a standalone that runs. */
export async function toldReplies(dataDir: string): Promise<ToldReplies> {
  const database = new RunningDatabase(dataDir);
  try {
    const events = await database.events();
    const received = events.filter(({ type }) => type === 'MessageReceived');
    const directions = received.map(
      ({ data }) => (data as { readonly session: { readonly direction: string } }).session.direction,
    );
    const replied = events
      .filter(({ type }) => type === 'CommunicationReplied')
      .map(({ data }) => (data as contract.CommunicationReplied).communication);
    const waits = replied.map(({ startedAt = '', repliedAt = '' }) => Date.parse(repliedAt) - Date.parse(startedAt));
    return {
      received: received.length,
      inbound: directions.filter((direction) => direction === 'inbound').length,
      slowestMs: Math.max(0, ...waits),
    };
  } finally {
    await database.close();
  }
}
