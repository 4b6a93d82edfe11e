import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { ChannelDirectory } from '../channel-directory.js';

export interface StartedDirectory<Transaction> {
  readonly directory: ChannelDirectory<Transaction>;
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

const CHANNEL = derivedId('channel');
const WORKSPACE = derivedId('workspace');

/** What every directory of channels must do, whatever it is kept in. */
export function channelDirectoryConformance<Transaction>(
  name: string,
  start: () => Promise<StartedDirectory<Transaction>>,
): void {
  describe(`channel directory: ${name}`, () => {
    let started: StartedDirectory<Transaction>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    it('knows which workspace a channel belongs to', async () => {
      const place = { channelId: CHANNEL, workspace: WORKSPACE, type: 'whatsapp' };
      await started.commit(started.directory.put([place, place]));
      await started.commit(started.directory.put([place]));
      expect(await started.directory.find(CHANNEL)).toEqual(place);
      expect(await started.directory.find(derivedId('nobody'))).toBeUndefined();
      expect(await started.directory.find('no uuid')).toBeUndefined();
      expect(await started.directory.ofTypes(['whatsapp', 'telegram'], undefined, 10)).toEqual([place]);
      expect(await started.directory.ofTypes(['telegram'], undefined, 10)).toEqual([]);
    });

    it('shows the channels of a type in pages, each once', async () => {
      const ids = Array.from({ length: 5 }, (_, index) => derivedId('channel', index));
      const places = ids.map((channelId) => ({ channelId, workspace: WORKSPACE, type: 'telegram' }));
      await started.commit(started.directory.put(places));
      const found: string[] = [];
      for (let pages = 0; pages < 4; pages += 1) {
        const page = await started.directory.ofTypes(['telegram'], found.at(-1), 2);
        found.push(...page.map(({ channelId }) => channelId));
      }
      expect(found).toEqual([...ids].sort());
    });

    it('adds counts up', async () => {
      const { directory, commit } = started;
      expect(await directory.countsOf(CHANNEL)).toEqual({ accepted: 0, failed: 0, unknown: 0, delayed: 0 });
      await commit(directory.count(new Map([[CHANNEL, { accepted: 3, failed: 1, unknown: 0, delayed: 2 }]])));
      await commit(directory.count(new Map([[CHANNEL, { accepted: 1, failed: 0, unknown: 1, delayed: 0 }]])));
      expect(await directory.countsOf(CHANNEL)).toEqual({ accepted: 4, failed: 1, unknown: 1, delayed: 2 });
    });
  });
}
