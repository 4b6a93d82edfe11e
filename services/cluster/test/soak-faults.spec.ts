import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { packageFolder } from '@poinciana/service-kit';

it('runs outside of the test runner, and tells what it found', async () => {
  const program = packageFolder(import.meta.url, 'dist/test/soak-faults.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--minutes', '0', '--seed', '1']);
  expect(JSON.parse(stdout)).toEqual({ findings: [], counts: {} });
});
