import pg from 'pg';
import { superuser } from './cluster.js';

/**
 * How a database on this machine is reached: over the loopback interface, whose buffers grow to megabytes. A socket with a path costs less a
 * statement, but takes 200 KB at a time, so that both sides wait for each other in the middle of every batch.
 */
export function databaseUrl(port: number, password: string, database: string): string {
  return `postgresql://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Creates the database when it is missing. `name` is one of ours, of letters, digits and underscores. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  });
}

export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE template0`));
}

async function asAdmin<Answer>(adminUrl: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'embedded-database' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
