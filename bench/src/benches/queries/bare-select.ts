import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pool } from 'pg';

/** The baseline: a bare SELECT by primary key, over HTTP. Answers its address, and how it ends. */
export async function serveBareSelect(pool: Pool): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const id = (request.url ?? '').slice(1);
    pool
      .query('SELECT * FROM analytics_projections.participant WHERE id = $1', [id])
      .then(({ rows }) => response.setHeader('content-type', 'application/json').end(JSON.stringify(rows[0])))
      .catch((error: Error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
