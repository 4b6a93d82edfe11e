import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedProgram } from './root.mjs';
import { runNode } from './run.mjs';

/** Runs Jest over all packages and answers with its exit code and what it counted. `parameters` are Jest's own. */
export async function runJest(configFile, parameters) {
  const folder = mkdtempSync(join(tmpdir(), 'poinciana-results-'));
  const results = join(folder, 'results.json');
  try {
    const code = await runNode(
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        installedProgram('jest/bin/jest.js'),
        `--config=${configFile}`,
        '--json',
        `--outputFile=${results}`,
        ...parameters,
      ],
      { quiet: true },
    );
    return { code, ...countsOf(results) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not even be loaded counts as one failure: its tests are unknown, not fine. */
function countsOf(results) {
  if (!existsSync(results)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}
