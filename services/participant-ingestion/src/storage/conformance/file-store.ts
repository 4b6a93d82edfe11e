import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { FileMissing, type FileStore } from '../file-store.js';

/** What every store of files holds. */
export function describeFileStore(make: () => Promise<FileStore>): void {
  describe('a store of files', () => {
    const contentOf = async (files: FileStore, key: string, from?: number) => {
      const pieces: Buffer[] = [];
      for await (const piece of files.read(key, from)) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    const written = async (files: FileStore, key: string, content: Buffer) => {
      const writer = await files.create(key);
      for (let at = 0; at < content.length; at += 100_000) await writer.write(content.subarray(at, at + 100_000));
      return writer;
    };

    it('gives back what was written, from any byte on', async () => {
      const files = await make();
      const key = randomUUID();
      const content = Buffer.from(Array.from({ length: 700_001 }, (_, at) => at % 251));
      await (await written(files, key, content)).finish();
      expect((await contentOf(files, key)).equals(content)).toBe(true);
      expect((await contentOf(files, key, 654_321)).equals(content.subarray(654_321))).toBe(true);
      expect(await contentOf(files, key, 700_001)).toHaveLength(0);
    });

    it('shows nothing before a file is finished, and nothing of one that was given up or removed', async () => {
      const files = await make();
      const key = randomUUID();
      const writer = await written(files, key, Buffer.from('abc'));
      await expect(contentOf(files, key)).rejects.toThrow(FileMissing);
      await writer.discard();
      await expect(contentOf(files, key)).rejects.toThrow(FileMissing);
      const second = await written(files, key, Buffer.from('second'));
      await second.finish();
      await second.discard();
      expect(String(await contentOf(files, key))).toBe('second');
      await files.remove(key);
      await files.remove(key);
      await expect(contentOf(files, key)).rejects.toThrow(FileMissing);
    });

    it('goes on with a file where it was suspended, or where its writer died', async () => {
      const files = await make();
      const key = randomUUID();
      await expect(files.storedBytes(key)).rejects.toThrow(FileMissing);
      await expect(files.resume(key, 0)).rejects.toThrow(FileMissing);
      await (await written(files, key, Buffer.from('one'))).suspend();
      expect(await files.storedBytes(key)).toBe(3);
      await expect(contentOf(files, key)).rejects.toThrow(FileMissing);
      const second = await files.resume(key, 3);
      await second.write(Buffer.from('two'));
      // Whoever died said nothing any more.
      expect(await files.storedBytes(key)).toBe(6);
      const third = await files.resume(key, 3);
      await third.write(Buffer.from('two and three'));
      await third.finish();
      expect(String(await contentOf(files, key))).toBe('onetwo and three');
      expect(await files.storedBytes(key)).toBe(16);
      await second.suspend();
      await files.remove(key);
      await (await written(files, key, Buffer.from('gone'))).suspend();
      await files.remove(key);
      await expect(files.storedBytes(key)).rejects.toThrow(FileMissing);
    });
  });
}
