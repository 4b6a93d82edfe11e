import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore, NO_STREAM, streamName } from '@poinciana/event-sourcing';
import { InMemoryTransaction } from '@poinciana/messaging';
import { Secret, TestClock } from '@poinciana/service-kit';
import { ChannelAdapters } from '../src/channels/channel-adapters.js';
import { InMemoryChannel } from '../src/channels/in-memory-channel.js';
import { KnownDefinitions } from '../src/handlers/known-definitions.js';
import { PollChannel } from '../src/handlers/poll-channel.js';
import { InMemoryChannelDirectory } from '../src/storage/in-memory-channel-directory.js';
import { InMemoryInbox } from '../src/storage/in-memory-inbox.js';
import { CHANNEL, secretsKey, WORKSPACE, workspaceEvents } from './sample-definitions.js';

class PolledChannel extends InMemoryChannel {
  override readonly mayPoll = true;

  override polls(): boolean {
    return true;
  }
}

describe('channels that are polled', () => {
  it('are found behind any number of those that are gone', async () => {
    const gone = Array.from(
      { length: 1_000 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    const directory = new InMemoryChannelDirectory();
    const transaction = new InMemoryTransaction();
    const places = [...gone, CHANNEL].map((channelId) => ({ channelId, workspace: WORKSPACE, type: 'whatsapp' }));
    await directory.put(places)(transaction);
    transaction.commit();
    const store = new InMemoryEventStore();
    const stream = streamName('workspace', WORKSPACE);
    await store.append([{ stream, expectedRevision: NO_STREAM, events: workspaceEvents() }]);
    const polls = new PollChannel({
      clock: new TestClock(new Date('2026-03-01T12:00:00.000Z')),
      directory,
      definitions: new KnownDefinitions(store),
      channels: new ChannelAdapters([new PolledChannel()], new Secret(secretsKey), () => undefined),
      inbox: new InMemoryInbox(),
    });
    expect(await polls.polledChannels()).toEqual([CHANNEL]);
  });
});
