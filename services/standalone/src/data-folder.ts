import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  claimFolder,
  giveToOwnerOf,
  makeOwnedFolder,
  removeDataPlace,
  type FolderClaim,
} from '@poinciana/embedded-database';
import { Secret } from '@poinciana/service-kit';

/** The folder in which one standalone keeps all it has. */
export interface DataFolder {
  /** Where the embedded database lies. */
  databaseFolder: string;
  /** Signs the tokens. */
  tokenSecret: Secret;
  /** Seals the secrets of channels in the log. */
  secretsKey: Secret;
  release(): void;
}

const tokenSecretFile = 'token-secret';
const secretsKeyFile = 'secrets-key';
const secretBytes = 48;

/** Makes the folder when it is missing and claims it, so that two never work on the same data. */
export async function openDataFolder(dataDir: string, { reset }: { reset: boolean }): Promise<DataFolder> {
  makeOwnedFolder(dataDir);
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  const claim: FolderClaim = await claimFolder(dataDir);
  const databaseFolder = join(dataDir, 'database');
  try {
    if (reset) removeDataPlace(databaseFolder);
    const tokenSecret = keepSecret(dataDir, tokenSecretFile);
    const secretsKey = keepSecret(dataDir, secretsKeyFile);
    return { databaseFolder, tokenSecret, secretsKey, release: () => claim.release() };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** The secret of a standalone that was started before; undefined when there was none. */
export function readTokenSecret(dataDir: string): Secret | undefined {
  return readSecret(dataDir, tokenSecretFile);
}

function readSecret(dataDir: string, name: string): Secret | undefined {
  const file = join(dataDir, name);
  return existsSync(file) ? new Secret(readFileSync(file, 'utf8').trim()) : undefined;
}

/** A secret that is made once and then kept, for the owner's eyes only. */
function keepSecret(dataDir: string, name: string): Secret {
  const known = readSecret(dataDir, name);
  if (known !== undefined) return known;
  const file = join(dataDir, name);
  const unfinished = `${file}.${process.pid}`;
  const secret = randomBytes(secretBytes).toString('base64url');
  writeFileSync(unfinished, `${secret}\n`, { mode: 0o600, flush: true });
  giveToOwnerOf(dataDir, unfinished);
  renameSync(unfinished, file);
  return new Secret(secret);
}
