import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const IMAGE_BYTES_MAX = 64 * 1024 * 1024;

/** The package `@bufbuild/buf` holds one program a platform; its own start script is not needed. */
export function bufProgram() {
  const cpu = process.platform === 'linux' && arch() === 'arm64' ? 'aarch64' : arch();
  const name = process.platform === 'win32' ? 'buf.exe' : 'buf';
  const packageFile = require.resolve(`@bufbuild/buf-${process.platform}-${cpu}/package.json`);
  return join(dirname(packageFile), 'bin', name);
}

/** The descriptors of all files of a folder of contracts, with their comments, as the JSON form of `google.protobuf.FileDescriptorSet`. */
export function descriptorsOf(protoFolder) {
  const image = execFileSync(bufProgram(), ['build', protoFolder, '-o', '-#format=json'], {
    maxBuffer: IMAGE_BYTES_MAX,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(image.toString('utf8')).file;
}

/** What buf finds in a folder of contracts that breaks programs which know another one; one line each, empty when nothing does. */
export function breakingChanges(protoFolder, releasedFolder) {
  try {
    execFileSync(bufProgram(), ['breaking', protoFolder, '--against', releasedFolder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return [];
  } catch (error) {
    const lines = `${error.stdout ?? ''}${error.stderr ?? ''}`.split('\n').filter((line) => line !== '');
    // Without a word of its own buf did not run, which is another matter.
    if (lines.length === 0) throw error;
    return lines;
  }
}

export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
