import { existsSync } from 'node:fs';
import { issueToken, SystemClock } from '@poinciana/service-kit';
import { runningAt } from '../api-address.js';
import { readTokenSecret } from '../data-folder.js';
import { UsageError } from '../options.js';
import { tokenRules } from '../tokens.js';
import type { OperationOptions } from './command-line.js';

const TOKEN_SECONDS = 24 * 60 * 60;

/** The API of whatever is operated, as an operator may use it. */
export interface OperatedApi {
  /** Throws a UsageError with the problem's sentence for anything but success. */
  request<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>;
  /** Ends what was started for the command alone. */
  close(): Promise<void>;
}

/** That at `--url`; else the standalone of the data folder: the one that runs, or one that is started for as long as it takes. */
export async function openApi(
  { url, dataDir, workspace }: OperationOptions,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<OperatedApi> {
  if (url !== undefined) {
    const token = environment['POINCIANA_TOKEN'];
    if (token === undefined || token === '')
      throw new UsageError('With --url the token of an operator is read from POINCIANA_TOKEN, which is not set.');
    return apiAt(url, token, () => Promise.resolve());
  }
  const secret = existsSync(dataDir) ? readTokenSecret(dataDir) : undefined;
  if (secret === undefined)
    throw new UsageError(`No standalone was ever started in ${dataDir}; npm start does, or name another --data-dir.`);
  const caller = { workspace, role: 'operator', subject: 'command line' } as const;
  const token = await issueToken(tokenRules(secret), caller, TOKEN_SECONDS, new SystemClock());
  const running = await runningAt(dataDir);
  if (running !== undefined) return apiAt(running, token, () => Promise.resolve());
  say('Nothing runs on this data, so it is started for this command …');
  const options = { host: '127.0.0.1', port: 0, dataDir, reset: false, demo: false, testClock: undefined };
  // Loaded only here: it is all of Poinciana.
  const { startStandalone } = await import('../standalone.js');
  const standalone = await startStandalone(
    { ...options, databaseUrl: environment['DATABASE_URL'] || undefined },
    {
      environment: { POINCIANA_LOG_LEVEL: 'silent', ...environment },
      onNotice: say,
      onFailure: (error) => say(error.message),
    },
  );
  return apiAt(standalone.url, token, () => standalone.stop());
}

function apiAt(url: string, token: string, close: () => Promise<void>): OperatedApi {
  return {
    close,
    request: async <Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
      const answer = await fetch(`${url}/api/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => {
        throw new UsageError(`Nobody answers at ${url}.`);
      });
      const read = (await answer.json()) as Answer & { readonly detail?: string; readonly code?: string };
      if (!answer.ok) throw new UsageError(`${read.detail ?? answer.statusText} (${read.code ?? answer.status})`);
      return read;
    },
  };
}
