import { createServer } from 'node:net';

/** Ports of the loopback interface that are free at this moment, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  return Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          const address = server.address();
          server.close(() => {
            if (address === null || typeof address === 'string') reject(new Error('the system gave no port'));
            else resolve(address.port);
          });
        }),
    ),
  );
}
