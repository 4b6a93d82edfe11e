import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removeDataPlace, startEmbeddedDatabase, type EmbeddedDatabase } from '../src/index.js';
import { endServer } from '../src/postmaster-file.js';
import { livingProcess } from '../src/process-life.js';
import { ask, askUntilAnswered } from './ask.js';
import { guardOf, nextLine, startHolder, type Holder } from './holder.js';

const looksMax = 3_000;
const remember = 'CREATE TABLE memory AS SELECT 42 AS answer';
const recall = 'SELECT answer FROM memory';
const remembered = [{ answer: 42 }];

describe('the embedded database', () => {
  let folder: string;
  let dataFolder: string;
  const running: EmbeddedDatabase[] = [];
  const holders: Holder[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-database-'));
    chmodSync(folder, 0o755);
    dataFolder = join(folder, 'database');
  });
  afterEach(async () => {
    for (const database of running.splice(0)) await database.stop();
    for (const holder of holders.splice(0)) {
      holder.process.kill('SIGKILL');
      await holder.ended;
      if (livingProcess(holder.serverPid) !== undefined) await endServer(holder.serverPid);
    }
    removeDataPlace(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(onNotice?: (notice: string) => void): Promise<EmbeddedDatabase> {
    const database = await startEmbeddedDatabase({
      dataFolder,
      settings: { shared_buffers: '64MB' },
      ...(onNotice && { onNotice }),
    });
    running.push(database);
    return database;
  }

  async function hold(): Promise<Holder> {
    const holder = await startHolder(dataFolder);
    holders.push(holder);
    return holder;
  }

  it('keeps its data from one start to the next', async () => {
    const first = await start();
    await ask(first.url, remember);
    await first.stop();
    expect(livingProcess(first.pid)).toBeUndefined();
    const second = await start();
    expect(await ask(second.url, recall)).toEqual(remembered);
  });

  it('refuses a second start on the same data and names who has it', async () => {
    const holder = await hold();
    await expect(start()).rejects.toMatchObject({
      problem: 'folderInUse',
      message: expect.stringContaining(String(holder.process.pid)),
    });
    await ask(holder.url, remember);
  });

  it('comes back at the same address when the server is killed', async () => {
    const notices: string[] = [];
    const database = await start((notice) => notices.push(notice));
    await ask(database.url, remember);
    const killed = database.pid;
    process.kill(killed, 'SIGKILL');
    // A server that is being killed may still answer once.
    for (let look = 1; database.pid === killed && look <= looksMax; look += 1) await delay(20);
    expect(database.pid).not.toBe(killed);
    expect(await askUntilAnswered(database.url, recall)).toEqual(remembered);
    expect(notices).toEqual(['PostgreSQL ended unexpectedly and is being started again.']);
  });

  it('starts after the process that held it was killed, whose guard ends the server', async () => {
    const holder = await hold();
    await ask(holder.url, remember);
    holder.process.kill('SIGKILL');
    await holder.ended;
    expect(await ask((await start()).url, recall)).toEqual(remembered);
    expect(livingProcess(holder.serverPid)).toBeUndefined();
  });

  it('starts after everything but the server was killed', async () => {
    const holder = await hold();
    await ask(holder.url, remember);
    process.kill(guardOf(holder), 'SIGKILL');
    holder.process.kill('SIGKILL');
    await holder.ended;
    expect(livingProcess(holder.serverPid)).toBeDefined();
    expect(await ask((await start()).url, recall)).toEqual(remembered);
    expect(livingProcess(holder.serverPid)).toBeUndefined();
  });

  it('starts after the process and the server were killed at once', async () => {
    const holder = await hold();
    await ask(holder.url, remember);
    process.kill(holder.serverPid, 'SIGKILL');
    holder.process.kill('SIGKILL');
    await holder.ended;
    expect(await ask((await start()).url, recall)).toEqual(remembered);
  });

  it('starts when the number of a server long gone belongs to another program now', async () => {
    const database = await start();
    await ask(database.url, remember);
    const file = join(database.folder, 'data', 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    await database.stop();
    writeFileSync(file, left.replace(/^\d+/, String(process.pid)), { mode: 0o644 });
    expect(await ask((await start()).url, recall)).toEqual(remembered);
  });

  it('starts when the earlier server is dead but not reaped', async () => {
    const database = await start();
    await ask(database.url, remember);
    const file = join(database.folder, 'data', 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    await database.stop();
    // The shell becomes a program that never asks after the child it got with it.
    const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const dead = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (words: Buffer) => resolve(words.toString().trim())),
    );
    writeFileSync(file, left.replace(/^\d+/, dead), { mode: 0o644 });
    expect(await ask((await start()).url, recall)).toEqual(remembered);
    parent.kill('SIGKILL');
  });

  it('is not reached by Ctrl-C at the terminal before those who use it are done', async () => {
    const holder = await hold();
    process.kill(-Number(holder.process.pid), 'SIGINT');
    expect(await Promise.race([nextLine(holder.lines), holder.ended])).toBe('drained');
    expect(await holder.ended).toBe(0);
    expect(livingProcess(holder.serverPid)).toBeUndefined();
  });

  it('makes its data anew when a start was killed while making it', async () => {
    const database = await start();
    const { folder: home } = database;
    await database.stop();
    rmSync(join(home, 'data'), { recursive: true });
    mkdirSync(join(home, 'unfinished-1'));
    await ask((await start()).url, remember);
    expect(readdirSync(home).filter((name) => name.startsWith('unfinished'))).toEqual([]);
  });

  it('refuses the data of another version', async () => {
    const database = await start();
    await database.stop();
    writeFileSync(join(database.folder, 'data', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({ problem: 'otherVersion' });
  });

  it('starts in a folder that only its owner may enter, and root puts the data where PostgreSQL can', async () => {
    chmodSync(folder, 0o700);
    const first = await start();
    await ask(first.url, remember);
    expect(first.folder.startsWith('/var/lib/poinciana/')).toBe(process.getuid?.() === 0);
    await first.stop();
    expect(await ask((await start()).url, recall)).toEqual(remembered);
  });
});
