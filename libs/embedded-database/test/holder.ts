import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemErrorCode } from '../src/index.js';

/** A process of its own that holds a database. */
export interface Holder {
  process: ChildProcess;
  url: string;
  serverPid: number;
  lines: Interface;
  ended: Promise<number | null>;
}

const program = fileURLToPath(new URL('../dist/test/hold-database.js', import.meta.url));

export async function startHolder(dataFolder: string): Promise<Holder> {
  if (!existsSync(program)) throw new Error(`${program} is missing: npm run build makes it`);
  const child = spawn(process.execPath, [program, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([nextLine(lines), ended.then(() => '')]);
  if (first === '') throw new Error('the holder ended before it held anything');
  const { url, pid } = JSON.parse(first) as { url: string; pid: number };
  return { process: child, url, serverPid: pid, lines, ended };
}

export function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => {
    lines.once('line', resolve);
  });
}

/** The process that watches over the server on the holder's behalf. */
export function guardOf(holder: Holder): number {
  const guard = allProcesses().find(
    ({ parent, command }) => parent === holder.process.pid && command.includes('database-guard'),
  );
  if (guard === undefined) throw new Error('the holder has no guard');
  return guard.pid;
}

function allProcesses(): { pid: number; parent: number; command: string }[] {
  if (process.platform !== 'linux') {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).trim().split('\n');
    return rows.map((row) => {
      const [pid, parent, ...command] = row.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
    });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      const [stat, command] = [processFile(pid, 'stat'), processFile(pid, 'cmdline')];
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return { pid: Number(pid), parent, command: command.replaceAll('\0', ' ') };
    });
}

/** Empty for a process that has ended since it was listed. */
function processFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(systemErrorCode(error) ?? '')) return '';
    throw error;
  }
}
