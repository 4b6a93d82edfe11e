import { spawn } from 'node:child_process';
import type { ServerUser } from './server-user.js';

/** Outlives this process for as long as it takes to end the server. */
export interface Guard {
  /** To be called when the server has ended: there is nothing left to watch. */
  dismiss(): void;
  /** Resolves when the guard itself has ended. */
  gone: Promise<void>;
}

interface Guarded {
  pid: number;
  data: string;
  user: ServerUser;
  removeFolder?: string;
}

/*
 * Reads from a pipe that nobody writes to: reading ends when the other end closes, which the system does however this process
 * ends. Then the server is told to shut down, if the data folder still says that this number is a server on it.
 */
const script = `
  read -r _
  running() { [ "$(head -n 1 "$1/postmaster.pid" 2>/dev/null)" = "$2" ] && kill -0 "$2" 2>/dev/null; }
  if running "$1" "$2"; then kill -INT "$2"; fi
  [ -z "$3" ] && exit 0
  tries=0
  while running "$1" "$2" && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
  rm -rf -- "$3"
`;

/**
 * Sees to it that the server does not outlive this process, and that a folder for a test vanishes with it, also when this
 * process is killed. Should the guard be killed as well, the next start finds the server and ends it.
 */
export function startGuard(guarded: Guarded): Guard {
  const parameters = [guarded.data, String(guarded.pid), guarded.removeFolder ?? ''];
  const child = spawn('/bin/sh', ['-c', script, 'database-guard', ...parameters], {
    ...guarded.user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
  // A pipe to a guard that was killed breaks when it is closed; that is the end of it either way.
  child.stdin.on('error', () => child.stdin.destroy());
  child.unref();
  const dismiss = (): void => {
    child.ref();
    child.stdin.end();
  };
  return { gone, dismiss };
}
