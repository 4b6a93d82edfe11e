import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DOWNLOAD_MS_MAX = 600_000;

/** A file beside the sources of this package, seen from the sources and from what is built of them. */
export function launcherFile(name: string): string {
  const found = ['../../kafka/', '../../../kafka/']
    .map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`The file kafka/${name} of the package is missing`);
  return found;
}

/** The folder with the jars of a broker. Maven downloads them (45 MB) the first time on a machine; later they are found. */
export async function kafkaJars(): Promise<string> {
  const folder = join(tmpdir(), `poinciana-kafka-jars-${userInfo().username}`);
  if (existsSync(join(folder, 'complete'))) return folder;
  const part = await mkdtemp(`${folder}-`);
  const goals = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${part}`];
  const pom = launcherFile('pom.xml');
  try {
    await promisify(execFile)('mvn', ['-q', '-B', '-f', pom, ...goals], { timeout: DOWNLOAD_MS_MAX });
    await writeFile(join(part, 'complete'), '');
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw new Error('Maven could not download the jars of Kafka', { cause: error });
  }
  return moveOrFind(part, folder);
}

/** Two processes may download at once; the copy of the first one counts. */
async function moveOrFind(part: string, folder: string): Promise<string> {
  try {
    await rename(part, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'complete'))) throw error;
    await rm(part, { recursive: true, force: true });
  }
  return folder;
}
