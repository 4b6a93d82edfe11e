import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KillCampaign, summaryOf } from './kill-campaign.js';
import { StandaloneProcess } from './standalone-process.js';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

describe('standalone killed under load', () => {
  let standalone: StandaloneProcess;
  beforeEach(() => {
    standalone = new StandaloneProcess();
  });
  afterEach(() => standalone.remove());

  it('has every acknowledged write in the log and in the view, and nothing twice', async () => {
    const victims = ['process', 'process and database'] as const;
    const report = await new KillCampaign({ standalone, victims, seed, clients: 4 }).run();
    process.stderr.write(summaryOf(seed, report));
    expect(report.findings).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(victims.length);
  });
});
