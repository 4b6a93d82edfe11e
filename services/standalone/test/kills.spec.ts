import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCampaign, listCampaigns } from './campaigns.js';
import { StandaloneProcess } from './standalone-process.js';

describe('standalone after kill -9', () => {
  let standalone: StandaloneProcess;
  beforeEach(() => {
    standalone = new StandaloneProcess();
  });
  afterEach(() => standalone.remove());

  function killDatabase(): void {
    process.kill(Number(standalone.databasePid()), 'SIGKILL');
  }

  it('of the process has everything that it acknowledged', async () => {
    const { id, position } = await createCampaign(standalone, await standalone.start('--no-demo'), 'Spring');
    expect(await standalone.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    expect(await listCampaigns(standalone, await standalone.start('--no-demo'), position)).toEqual([id]);
  });

  it('of the process and the database has everything that it acknowledged', async () => {
    const { id, position } = await createCampaign(standalone, await standalone.start('--no-demo'), 'Spring');
    killDatabase();
    await standalone.end('SIGKILL');
    expect(await listCampaigns(standalone, await standalone.start('--no-demo'), position)).toEqual([id]);
  });

  it('of the database goes on by itself', async () => {
    const url = await standalone.start('--no-demo');
    const { id, position } = await createCampaign(standalone, url, 'Spring');
    const killed = standalone.databasePid();
    killDatabase();
    await standalone.untilReady(url, killed);
    expect(await listCampaigns(standalone, url, position)).toEqual([id]);
    const second = await createCampaign(standalone, url, 'Summer');
    expect((await listCampaigns(standalone, url, second.position)).toSorted()).toEqual([id, second.id].toSorted());
    expect(await standalone.end('SIGTERM')).toMatchObject({
      code: 0,
      complaints: 'PostgreSQL ended unexpectedly and is being started again.\n',
    });
  });
});
