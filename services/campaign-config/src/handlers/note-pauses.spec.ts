import { expect, test } from '@jest/globals';
import {
  InMemoryEventStore,
  type NewEvent,
  NO_STREAM,
  type StoredEvent,
  categoryOf,
  derivedId,
  streamName,
} from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import { SAMPLE, sampleCreated, sampleHead, started } from '../domain/campaign-samples.js';
import { InMemoryPauses } from '../storage/in-memory-pauses.js';
import { NOTHING_WAITS } from '../storage/pauses.js';
import { CampaignStreams } from './campaign-streams.js';
import { NotePauses } from './note-pauses.js';
import { PreviewStart } from './preview-start.js';
import { WorkspaceStreams } from './workspace-streams.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const NOW = new Date('2026-11-21T18:00:00.000Z');
const STOPPED = { type: 'CampaignStopped', data: { campaign: sampleHead } } as const;

/** A campaign in a log, whatever happens to it, and the preview of its Start behind all of that. */
async function story() {
  const store = new InMemoryEventStore();
  const clock = new TestClock(NOW);
  const pauses = new InMemoryPauses();
  const notePauses = new NotePauses(store, pauses);
  const preview = new PreviewStart(
    new CampaignStreams(store, clock),
    new WorkspaceStreams(store, clock),
    pauses,
    clock,
  );
  let written = 0;
  const write = async (stream: string, { type, data }: { readonly type: string; readonly data: object }) => {
    const [last] = await store.readLast([stream]);
    const id = derivedId('spec', (written += 1));
    const made = { id, type, data, workspace: OURS, key: stream.slice(-36), time: NOW.toISOString() };
    const event: NewEvent = { ...made, causation: id, correlation: id, actor: 'user:anna', hop: 0 };
    await store.append([{ stream, expectedRevision: last?.revision ?? NO_STREAM, events: [event] }]);
  };
  const participant = (name: string) => ({ id: derivedId(name), campaignId: SAMPLE.campaignId, life: 1 });
  await write(streamName('campaign', SAMPLE.campaignId), sampleCreated);
  return {
    campaign: (event: { readonly type: string; readonly data: object }) =>
      write(streamName('campaign', SAMPLE.campaignId), event),
    person: (name: string, type: string) =>
      write(streamName('participant', derivedId(name)), { type, data: { participant: participant(name) } }),
    message: (name: string, type: string, change: object) => {
      const id = derivedId('message', name);
      const planned = { id, campaignId: SAMPLE.campaignId, participantId: derivedId(name), status: 'Planned' };
      const communication = { ...planned, silent: false, windowEnd: '2026-11-21T17:00:00.000Z', ...change };
      return write(streamName('communication', id), { type, data: { communication } });
    },
    /** Reads the log as the bus would, `size` events a batch, each batch `times` times. */
    told: async (size: number, times = 1) => {
      const events = await store.readLog({ shard: 0, number: 0 }, 1_000);
      const concerned = events.filter(({ stream }) => ['participant', 'communication'].includes(categoryOf(stream)));
      for (const batch of batchesOf(concerned, size)) {
        for (let time = 1; time <= times; time += 1) await (await notePauses.handle(batch))(undefined);
      }
    },
    pause: async (workspace = OURS) => (await preview.execute(workspace, SAMPLE.campaignId)).pause,
  };
}

function batchesOf(events: readonly StoredEvent[], size: number): readonly (readonly StoredEvent[])[] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, batch) =>
    events.slice(batch * size, (batch + 1) * size),
  );
}

test.each([
  [1, 1],
  [1, 2],
  [3, 2],
  [100, 1],
])(
  'what waits for a Start is what fell into the pause before it, in batches of %i told %i times',
  async (size, times) => {
    const { campaign, person, message, told, pause } = await story();
    await person('early', 'ParticipantCreated');
    await person('gone', 'ParticipantCreated');
    await person('gone', 'ParticipantDeleted');
    await told(size, times);
    expect(await pause()).toEqual({ ...NOTHING_WAITS, people: 1, participantsCreated: 1 });
    await campaign(started());
    await person('live', 'ParticipantCreated');
    await message('early', 'CommunicationEnded', { status: 'NoResponse' });
    await message('overdue', 'CommunicationPlanned', {});
    await message('later', 'CommunicationPlanned', { windowEnd: '2026-11-21T19:00:00.000Z' });
    await told(size, times);
    expect(await pause()).toEqual(NOTHING_WAITS);
    await campaign(STOPPED);
    await person('late', 'ParticipantCreated');
    await person('late', 'ParticipantUpdated');
    await message('live', 'CommunicationEnded', { status: 'NoResponse' });
    await message('late', 'CommunicationEnded', { status: 'Skipped' });
    await message('silent', 'CommunicationEnded', { status: 'Canceled', silent: true });
    await message('sent', 'CommunicationPlanned', {});
    await message('sent', 'DispatchRequested', { dispatch: 'requested' });
    await message('delayed', 'DispatchDelayed', { dispatch: 'delayed' });
    await told(size, times);
    expect(await pause()).toEqual({
      people: 2,
      participantsCreated: 1,
      communicationsEnded: 2,
      communicationsOverdue: 2,
    });
  },
);

test('another workspace is told nothing', async () => {
  const { person, told, pause } = await story();
  await person('early', 'ParticipantCreated');
  await told(1);
  await expect(pause(THEIRS)).rejects.toMatchObject({ code: 'campaign_not_found' });
});
