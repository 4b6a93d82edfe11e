#!/usr/bin/env node
// npm test and npm run test:services: the first two of the three levels of tests.
import './steps/node-version.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMissing, generateMissing } from './steps/build.mjs';
import { failedChecks } from './steps/checks.mjs';
import { installMissing } from './steps/install.mjs';
import { runJest } from './steps/jest.mjs';
import { timed } from './steps/run.mjs';

const help = `npm test                    types, format, lint, boundaries, and every spec that needs nothing but Node
npm test -- <what>          only the specs whose path contains <what>; further options are Jest's
npm run test:services       the specs that start real parts: brokers, browsers, whole processes that are killed

Missing packages are installed first. TEST_RESULTS_FOLDER=<folder> writes <folder>/<level>.json with what was counted.`;

const isSecondLevel = process.argv[2] === 'services';
const CLUSTER = 'services/cluster/';
const parameters = process.argv.slice(isSecondLevel ? 3 : 2);

try {
  if (parameters.includes('--help')) console.log(help);
  else await testLevel();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function testLevel() {
  const { seconds: installSeconds } = await timed(installMissing);
  const { answer, seconds } = await timed(isSecondLevel ? secondLevel : firstLevel);
  record(answer);
  console.log(`Install ${installSeconds} s, tests ${seconds} s.`);
  console.log(`${answer.passed} passed, ${answer.failed} failed`);
  if (answer.code !== 0 || answer.failed > 0) process.exitCode = 1;
}

/** Kill tests start compiled programs, so everything is compiled first: by the check of the types. */
async function firstLevel() {
  await generateMissing();
  const failed = parameters.length > 0 ? [] : await failedChecks();
  if (parameters.length > 0) await buildMissing();
  const counted = await runJest('jest.config.js', parameters);
  return { ...counted, failed: counted.failed + failed.length, passed: counted.passed };
}

/** Two side by side, since most of their time they wait; but the cluster by itself: it fills a machine. */
async function secondLevel() {
  await buildMissing();
  const allBut = (path) => ['--testPathIgnorePatterns', '/node_modules/', '/dist/', path];
  const runs = parameters.length > 0 ? [parameters] : [['--maxWorkers=2', ...allBut(CLUSTER)], [CLUSTER]];
  const sum = { code: 0, passed: 0, failed: 0 };
  for (const run of runs) {
    const { code, passed, failed } = await runJest('jest.services.config.js', run);
    sum.code ||= code;
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}

function record({ passed, failed }) {
  const folder = process.env.TEST_RESULTS_FOLDER;
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${isSecondLevel ? 'services' : 'first'}.json`), JSON.stringify({ passed, failed }));
}
