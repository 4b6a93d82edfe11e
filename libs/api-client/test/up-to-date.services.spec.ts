import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const program = fileURLToPath(new URL('../../../scripts/generate-client.mjs', import.meta.url));

it('the client is what the services describe', async () => {
  const said = await new Promise<string>((resolve) =>
    execFile(process.execPath, [program, '--check'], (_, output, complaints) => resolve(output + complaints)),
  );
  expect(said).toContain('The client is up to date.');
});
