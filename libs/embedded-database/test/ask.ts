import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** One statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that is killed also breaks the idle connection, which the failing statement already tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

const attemptsMax = 200;

/** Asks until there is an answer, as a service does whose database was away for a moment. */
export async function askUntilAnswered(url: string, statement: string): Promise<Record<string, unknown>[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(url, statement);
    } catch (error) {
      if (attempt === attemptsMax) throw error;
      await delay(50);
    }
  }
}
