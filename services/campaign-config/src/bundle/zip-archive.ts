import { createHash } from 'node:crypto';
import { type JsonObject, isJsonObject } from '@poinciana/campaign-definition';
import { DomainError } from '@poinciana/event-sourcing';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { BUNDLE_FORMAT, BUNDLE_VERSION } from '../domain/bundle/bundle.js';

/** A bundle as it arrives, and each of its files as it is unpacked: 50 flows of 256 Ki characters fit. */
export const BUNDLE_BYTES_MAX = 8 * 1024 * 1024;
const FILE_BYTES_MAX = 24 * 1024 * 1024;
/** The time of every file in the archive, so that the same campaign gives the same bytes. */
const ENTRY_TIME = '2000-01-01T00:00:00Z';

const FILES = ['campaign.json', 'definition.json'] as const;
type FileName = (typeof FILES)[number];
const MANIFEST = 'manifest.json';

/** The files of a bundle as texts. */
export type BundleFiles = Readonly<Record<FileName, string>>;

/** Packs the files behind a manifest that has the hash of each. */
export function packBundle(files: BundleFiles): Uint8Array {
  const hashes = Object.fromEntries(FILES.map((name) => [name, sha256(strToU8(files[name]))]));
  const manifest = JSON.stringify({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, sha256: hashes }, undefined, 2);
  const entries = { [MANIFEST]: manifest, ...files };
  const packed = Object.entries(entries).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(packed), { mtime: ENTRY_TIME });
}

/** The hash that tells whether two bundles define the same. */
export function definitionHash(files: BundleFiles): string {
  return sha256(strToU8(files['definition.json']));
}

/**
 * Unpacks a bundle. Refuses what is no archive, has other files than a bundle has, is larger than a bundle may be before any of it
 * is unpacked, or does not have the hashes of its manifest.
 */
export function unpackBundle(bytes: Uint8Array): BundleFiles {
  const entries = unpackEntries(bytes);
  const manifest = readManifest(entries.get(MANIFEST));
  return Object.fromEntries(
    FILES.map((name) => {
      const content = entries.get(name);
      if (content === undefined) throw new DomainError('not_a_bundle', `The archive lacks the file ${name}`);
      if (sha256(content) !== manifest[name]) {
        const message = `The file ${name} is not the one that the manifest speaks of: it was changed or damaged`;
        throw new DomainError('bundle_tampered', message);
      }
      return [name, textOf(content)];
    }),
  ) as BundleFiles;
}

function unpackEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  if (bytes.length > BUNDLE_BYTES_MAX) throw tooLarge();
  const names = new Set<string>();
  const accept = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    if ((name !== MANIFEST && !(FILES as readonly string[]).includes(name)) || names.has(name)) {
      throw new DomainError('not_a_bundle', 'The archive holds other files than a bundle does');
    }
    if (originalSize > FILE_BYTES_MAX) throw tooLarge();
    names.add(name);
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: accept })));
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('not_a_bundle', 'This is no ZIP archive, or a damaged one');
  }
}

function readManifest(content: Uint8Array | undefined): JsonObject {
  const manifest = content === undefined ? undefined : parsed(textOf(content));
  if (!isJsonObject(manifest) || manifest['format'] !== BUNDLE_FORMAT)
    throw new DomainError('not_a_bundle', 'The archive has no manifest of a campaign');
  if (manifest['version'] !== BUNDLE_VERSION) {
    const message = `The bundle has a version that cannot be read here; version ${BUNDLE_VERSION} can`;
    throw new DomainError('bundle_version_unknown', message);
  }
  return isJsonObject(manifest['sha256']) ? manifest['sha256'] : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textOf(content: Uint8Array): string {
  return strFromU8(content);
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function tooLarge(): DomainError {
  return new DomainError('bundle_too_large', 'The bundle is larger than any campaign may be', 'tooLarge');
}
