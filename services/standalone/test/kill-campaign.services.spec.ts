import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KillCampaign, summaryOf, type Victim } from './kill-campaign.js';
import { StandaloneProcess } from './standalone-process.js';

/** KILLS and SEED in the environment make it longer, and make it again. */
const kills = Number(process.env['KILLS'] ?? 20);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const clients = 8;
/** A bound against hanging, for each kill. */
const killMs = 60_000;

/** Half of the kills take the database too. Every fifth time, besides, the database alone or a process that has not yet started. */
function victims(): readonly Victim[] {
  return Array.from({ length: kills }, (_, index): readonly Victim[] => {
    const victim = index % 2 === 0 ? 'process' : 'process and database';
    if (index % 5 !== 4) return [victim];
    return [victim, index % 10 === 4 ? 'database' : 'starting process'];
  }).flat();
}

describe('the real process, killed at random moments under load,', () => {
  let standalone: StandaloneProcess;
  beforeEach(() => {
    standalone = new StandaloneProcess();
  });
  afterEach(() => standalone.remove());

  it(
    'has every acknowledged write in the log and in the view, and nothing twice',
    async () => {
      process.stderr.write(`${kills} kills with SEED=${seed}\n`);
      const report = await new KillCampaign({ standalone, victims: victims(), seed, clients }).run();
      process.stderr.write(summaryOf(seed, report));
      expect(report.findings).toEqual([]);
      expect(report.kills['process'] + report.kills['process and database']).toBe(kills);
      expect(report.acknowledged).toBeGreaterThan(kills);
    },
    killMs * (kills + 5),
  );
});
