import { expect, it } from '@jest/globals';
import { CAMPAIGN, idOf, SpecLog, WORKSPACE } from '../../../test/stored-events.js';
import { eachViewStore } from '../../../test/view-stores.js';
import { participantChanges } from '../participants/participant-changes.js';

const DAY = { from: '2026-11-19T00:00:00.000Z', before: '2026-11-22T00:00:00.000Z' };

eachViewStore('the roll-up', (store) => {
  it.each([
    // Kathmandu is 5:45 ahead, Lord Howe 11:00 in its summer and 10:30 in its winter.
    ['Asia/Kathmandu', '2026-11-20T18:14:59.000Z', '2026-11-19T18:15:00.000Z', '2026-11-20T18:15:00.000Z'],
    ['Asia/Kolkata', '2026-11-20T18:29:59.000Z', '2026-11-19T18:30:00.000Z', '2026-11-20T18:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-11-20T12:59:59.000Z', '2026-11-19T13:00:00.000Z', '2026-11-20T13:00:00.000Z'],
    ['Europe/Madrid', '2026-11-20T22:59:59.000Z', '2026-11-19T23:00:00.000Z', '2026-11-20T23:00:00.000Z'],
  ])('counts the last second of a day in %s to that day', async (zone, last, day, next) => {
    const log = new SpecLog();
    log.participant('ParticipantCreated', { id: idOf('late') }, {}, { time: last });
    log.participant('ParticipantCreated', { id: idOf('early') }, {}, { time: next });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const query = { workspace: WORKSPACE, campaignIds: [CAMPAIGN], ...DAY };
    const points = await store().activity.points(query, 'day', zone);
    expect(points.map(({ at, count }) => [at, count])).toEqual([
      [day, 1],
      [next, 1],
    ]);
  });

  it('knows hours that begin at a quarter', async () => {
    const log = new SpecLog();
    log.participant('ParticipantCreated', { id: idOf('anna') }, {}, { time: '2026-11-20T18:14:59.000Z' });
    log.participant('ParticipantCreated', { id: idOf('ben') }, {}, { time: '2026-11-20T18:15:00.000Z' });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const query = { workspace: WORKSPACE, campaignIds: [CAMPAIGN], ...DAY };
    const points = await store().activity.points(query, 'hour', 'Asia/Kathmandu');
    expect(points.map(({ at }) => at)).toEqual(['2026-11-20T17:15:00.000Z', '2026-11-20T18:15:00.000Z']);
  });
});
