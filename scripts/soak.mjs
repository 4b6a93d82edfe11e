#!/usr/bin/env node
// npm run soak -- --minutes N --seed S [--campaign name]: the long forms of the tests; each campaign gets its share of the time.
import './steps/node-version.mjs';
import { parseArgs } from 'node:util';
import { buildMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { campaignNames, campaignOf } from './soak/campaign-list.mjs';
import { runCampaign } from './soak/run-campaign.mjs';
import { writeReport } from './soak/report.mjs';

const minutesMax = 7 * 24 * 60;
const seedMax = 1_000_000_000;

try {
  const names = await campaignNames();
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % seedMax) },
      campaign: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(await help(names));
  else process.exitCode = await soak(names, values);
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}

async function soak(names, { minutes, seed, campaign }) {
  const chosen = names.filter((name) => campaign === undefined || name === campaign);
  if (chosen.length === 0) throw new Error(`There is no campaign ${campaign}. There are: ${names.join(', ')}.`);
  const [time, number] = [whole('--minutes', minutes, minutesMax), whole('--seed', seed, seedMax)];
  await installMissing();
  const results = [];
  for (const name of chosen) {
    const { program, packages } = await campaignOf(name);
    await buildMissing(...packages);
    console.log(`${name}: ${time / chosen.length} minutes, seed ${number}`);
    results.push(await runCampaign({ name, program, minutes: time / chosen.length, seed: number }));
  }
  const file = writeReport({ minutes: time, seed: number, results });
  const failed = results.filter(({ findings }) => findings.length > 0);
  console.log(`The report is in ${file}; commit it. ${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

function whole(option, text, max) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= max) return number;
  throw new Error(`${option} is a whole number from 1 to ${max}, not "${text}".`);
}

async function help(names) {
  const lines = await Promise.all(
    names.map(async (name) => `  ${name.padEnd(16)}${(await campaignOf(name)).description}`),
  );
  return [
    'npm run soak -- --minutes N --seed S [--campaign name]',
    '',
    '  --minutes N     how long all campaigns take together (60)',
    '  --seed S        what is done follows from it; a random one when it is not given, and it is said',
    '  --campaign name only this one',
    '',
    ...lines,
  ].join('\n');
}
