import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from './folder-claim.js';
import { livingProcess } from './process-life.js';

describe('the claim on a folder', () => {
  let folder: string;
  const claims = (): string[] => readdirSync(join(folder, 'claims'));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claim-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is had by one at a time', async () => {
    const claim = await claimFolder(folder);
    await expect(claimFolder(folder)).rejects.toMatchObject({ problem: 'folderInUse' });
    claim.release();
    (await claimFolder(folder)).release();
    expect(claims()).toEqual([]);
  });

  it('names the living process that has it', async () => {
    const parent = livingProcess(process.ppid);
    const claim = await claimFolder(folder);
    claim.release();
    writeFileSync(join(folder, 'claims', `${parent?.pid}-${parent?.born}`), '');
    await expect(claimFolder(folder)).rejects.toThrow(`in use by the running process ${process.ppid}`);
    expect(claims()).toEqual([`${parent?.pid}-${parent?.born}`]);
  });

  it('of a dead process counts for nothing, also when its number lives on in another', async () => {
    (await claimFolder(folder)).release();
    writeFileSync(join(folder, 'claims', `${process.ppid}-anotherBirth`), '');
    const claim = await claimFolder(folder);
    expect(claims()).toHaveLength(1);
    expect(claims()[0]).toMatch(new RegExp(`^${process.pid}-`));
    claim.release();
  });
});
