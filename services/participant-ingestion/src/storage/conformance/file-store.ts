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
  });
}
