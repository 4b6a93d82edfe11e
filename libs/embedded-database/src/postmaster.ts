import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './errors.js';
import { startGuard } from './guard.js';
import { endServer, readPostmasterFile } from './postmaster-file.js';
import type { ServerSettings } from './server-settings.js';
import { giveTo, type ServerUser } from './server-user.js';

export interface PostmasterOptions {
  program: string;
  data: string;
  /** Where the server's own words go. */
  logFile: string;
  port: number;
  settings: ServerSettings;
  user: ServerUser;
  /** A folder that is to vanish with the process that started the server. */
  removeFolder?: string;
}

/** A PostgreSQL server that takes connections. */
export interface Postmaster {
  pid: number;
  /** Resolves when the server has ended, by whatever. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const pollMs = 20;
/** Replaying the log after a crash can take long; this only bounds waiting for something that will never come. */
const readyWithinMs = 600_000;
/** How long the server may take at each way of ending it, the gentlest first. */
const endings: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
];
const logBytesMax = 10 * 1024 * 1024;
const lastWordsBytes = 4_096;

/**
 * Starts a server and waits until it takes connections. It gets a session of its own: Ctrl-C at the terminal reaches only
 * the process that started it, which stops it after everything that uses it.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  turnLog(options.logFile);
  const log = openSync(options.logFile, 'a+', 0o600);
  try {
    return await startWritingTo(log, options);
  } finally {
    closeSync(log);
  }
}

async function startWritingTo(log: number, options: PostmasterOptions): Promise<Postmaster> {
  if (fstatSync(log).uid === process.getuid?.()) giveTo(options.logFile, options.user);
  const logStart = fstatSync(log).size;
  const child = launch(options, log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = await launched(child);
  const guard = startGuard({ ...options, pid });
  void ended.then(() => guard.dismiss());
  // What a server said that did not start is read from the open file: its folder may vanish with it.
  if (!(await isReady(child, pid, options))) throw failure(options, lastWords(log, logStart));
  child.unref();
  const stop = async (): Promise<void> => {
    child.ref();
    // The number of a server that has ended may be another program's by now.
    if (child.exitCode === null && child.signalCode === null) await endServer(pid, endings);
    await ended;
    await guard.gone;
  };
  return { pid, ended, stop };
}

function launch(options: PostmasterOptions, log: number): ChildProcess {
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(options.program, ['-D', options.data, '-p', String(options.port), ...parameters], {
    ...options.user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  });
}

function launched(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
}

/** Waits until the server takes connections, or has ended without doing so. */
async function isReady(child: ChildProcess, pid: number, options: PostmasterOptions): Promise<boolean> {
  for (let waited = 0; waited < readyWithinMs; waited += pollMs) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const file = readPostmasterFile(options.data);
    if (file?.pid === pid && file.isReady) return true;
    await delay(pollMs);
  }
  await endServer(pid);
  return false;
}

function failure(options: PostmasterOptions, words: string): EmbeddedDatabaseError {
  if (/Address already in use/.test(words)) {
    return new EmbeddedDatabaseError('portInUse', `The port ${options.port} for the database is in use.`);
  }
  const fatal = words.split('\n').filter((line) => /FATAL|PANIC|could not/.test(line));
  const told = fatal.length > 0 ? fatal.join(' ') : words.trim();
  return new EmbeddedDatabaseError('serverFailed', `PostgreSQL did not start (its log is ${options.logFile}): ${told}`);
}

function lastWords(log: number, from: number): string {
  const start = Math.max(from, fstatSync(log).size - lastWordsBytes);
  const buffer = Buffer.alloc(lastWordsBytes);
  return buffer.toString('utf8', 0, readSync(log, buffer, 0, lastWordsBytes, start));
}

/** Keeps the log from growing for ever: one earlier part is kept. */
function turnLog(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > logBytesMax) renameSync(logFile, `${logFile}.1`);
}

export function logFileIn(folder: string): string {
  return join(folder, 'postgresql.log');
}
