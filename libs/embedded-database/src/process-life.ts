import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, readdirSync } from 'node:fs';
import { systemErrorCode } from './errors.js';

/** A process as opposed to its number, which the system gives away again: the number with the moment it started. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque, of letters, digits and hyphens; equal only for the same process of the same boot. */
  born: string;
}

const onLinux = process.platform === 'linux';

/**
 * The process that now has this number; undefined when there is none, and when it is dead and only waits to be reaped:
 * such a one answers signals for as long as its parent does not look, but holds nothing any more.
 */
export function livingProcess(pid: number): ProcessIdentity | undefined {
  const life = onLinux ? lifeFromProc(pid) : lifeFromPs(pid);
  return life === undefined || /^[ZXx]/.test(life.state) ? undefined : { pid, born: life.born };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return livingProcess(identity.pid)?.born === identity.born;
}

/** The living processes that work in this folder, as a PostgreSQL server and every process of it do. Only known on Linux. */
export function processesIn(folder: string): number[] {
  if (!onLinux) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolder(pid) === folder && livingProcess(pid) !== undefined);
}

/** Whether this process is a PostgreSQL server on this data folder. */
export function isServerOn(pid: number, folder: string): boolean {
  if (livingProcess(pid) === undefined) return false;
  return onLinux ? workingFolder(pid) === folder : psColumns(pid, 'command=').includes(folder);
}

/** Sends a signal; that the process is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}

interface Life {
  state: string;
  born: string;
}

function lifeFromProc(pid: number): Life | undefined {
  const stat = readOrUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? 'X', born: `${bootId()}-${fields[19]}` };
}

function bootId(): string {
  const id = readOrUndefined(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  return id === undefined ? '0' : id.slice(0, 8);
}

function lifeFromPs(pid: number): Life | undefined {
  const [state, ...started] = psColumns(pid, 'stat=,lstart=').split(/\s+/);
  if (state === undefined || state === '') return undefined;
  return { state, born: started.join('-').replace(/[^A-Za-z0-9-]/g, '') };
}

function psColumns(pid: number, columns: string): string {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch (error) {
    // ps answers with the exit code 1 for a number that nobody has.
    if (typeof error === 'object' && error !== null && 'status' in error && error.status === 1) return '';
    throw error;
  }
}

function workingFolder(pid: number): string | undefined {
  return readOrUndefined(() => readlinkSync(`/proc/${pid}/cwd`));
}

/** A process may end between two looks at it, and those of others may not be looked at. */
function readOrUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw error;
  }
}
