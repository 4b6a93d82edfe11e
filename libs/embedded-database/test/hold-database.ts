import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedDatabase } from '../src/index.js';

/*
 * A program that does nothing but hold a database, so that a spec can end it in every way. Its first line of output says
 * where the database is. At SIGINT it uses the database once more before it stops it, as services do that drain.
 */
const database = await startEmbeddedDatabase({ dataFolder: process.argv[2] ?? '' });
const keptAlive = setInterval(() => undefined, 60_000);
process.once('SIGINT', () => {
  void drain().finally(() => clearInterval(keptAlive));
});

// Last of all: whoever reads it may end this process at once.
process.stdout.write(`${JSON.stringify({ url: database.url, pid: database.pid })}\n`);

async function drain(): Promise<void> {
  await delay(200);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  await database.stop();
  process.stdout.write('drained\n');
}
