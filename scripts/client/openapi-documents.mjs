import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../steps/root.mjs';

export const prefixes = ['config', 'dispatch', 'flows', 'ingest', 'views'];

/** The OpenAPI documents of all services, by prefix, as the services themselves answer them. They must be built. */
export async function openApiDocuments() {
  const folder = mkdtempSync(join(tmpdir(), 'poinciana-client-'));
  const { startStandalone } = await import(pathToFileURL(join(root, 'services/standalone/dist/src/index.js')).href);
  const nowhere = {
    host: '127.0.0.1',
    port: 0,
    reset: false,
    demo: false,
    databaseUrl: undefined,
    testClock: undefined,
  };
  const told = { environment: { POINCIANA_LOG_LEVEL: 'silent' }, onNotice: () => {}, onFailure: () => {} };
  try {
    const standalone = await startStandalone({ ...nowhere, dataDir: join(folder, 'data') }, told);
    try {
      const read = async (prefix) => (await fetch(`${standalone.url}/api/${prefix}/openapi.json`)).json();
      return new Map(await Promise.all(prefixes.map(async (prefix) => [prefix, await read(prefix)])));
    } finally {
      await standalone.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
