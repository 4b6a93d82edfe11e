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

  it.each([
    // In Havana and on the Azores midnight comes twice when summer ends, in Santiago it does not come when summer begins.
    ['America/Havana', 'day', '2026-11-01T04:00:00.000Z', ['2026-11-01T04:15:00.000Z', '2026-11-01T05:15:00.000Z']],
    ['America/Havana', 'month', '2026-11-01T04:00:00.000Z', ['2026-11-01T04:15:00.000Z', '2026-11-30T05:15:00.000Z']],
    ['America/Havana', 'week', '2026-10-26T04:00:00.000Z', ['2026-10-26T04:15:00.000Z', '2026-11-02T04:45:00.000Z']],
    ['Atlantic/Azores', 'day', '2026-10-25T00:00:00.000Z', ['2026-10-25T00:15:00.000Z', '2026-10-25T01:15:00.000Z']],
    ['America/Santiago', 'day', '2026-09-06T04:00:00.000Z', ['2026-09-06T04:15:00.000Z', '2026-09-07T02:45:00.000Z']],
  ] as const)('names what begins in %s with a change of the clocks, a %s, by its first instant', async (...given) => {
    const [zone, interval, at, times] = given;
    const log = new SpecLog();
    for (const time of times) log.participant('ParticipantCreated', { id: idOf(time) }, {}, { time });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const query = { workspace: WORKSPACE, campaignIds: [CAMPAIGN], from: times[0], before: '2026-12-31T00:00:00.000Z' };
    const points = await store().activity.points(query, interval, zone);
    expect(points.map((point) => [point.at, point.count])).toEqual([[at, 2]]);
  });

  it('knows the hour that comes twice as two', async () => {
    const log = new SpecLog();
    const times = ['2026-10-25T00:15:00.000Z', '2026-10-25T01:15:00.000Z'];
    for (const time of times) log.participant('ParticipantCreated', { id: idOf(time) }, {}, { time });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const query = { workspace: WORKSPACE, campaignIds: [CAMPAIGN], from: '2026-10-01', before: '2026-12-31' };
    const points = await store().activity.points(query, 'hour', 'Europe/Madrid');
    expect(points.map(({ at }) => at)).toEqual(['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z']);
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

  it.each([
    ['whole days', '2026-11-19T00:00:00.000Z', '2026-11-22T00:00:00.000Z', 5],
    ['a part of the first and of the last day', '2026-11-19T12:00:00.000Z', '2026-11-21T12:00:00.000Z', 3],
    ['a part of one day', '2026-11-20T09:00:00.000Z', '2026-11-20T18:00:00.000Z', 1],
    ['parts of two days', '2026-11-19T12:00:00.000Z', '2026-11-20T09:00:00.000Z', 1],
    ['no time at all', '2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.000Z', 0],
  ])('adds up %s', async (_, from, before, expected) => {
    const log = new SpecLog();
    const times = ['19T09:00', '19T15:00', '20T09:00', '21T09:00', '21T15:00'].map((at) => `2026-11-${at}:00.000Z`);
    for (const time of times) log.participant('ParticipantCreated', { id: idOf(time) }, {}, { time });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const query = { workspace: WORKSPACE, campaignIds: [CAMPAIGN], from, before };
    const counted = (rows: readonly { readonly count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0);
    expect(counted(await store().activity.sums(query))).toBe(expected);
    expect(counted(await store().activity.points(query, 'day', 'Asia/Kathmandu'))).toBe(expected);
  });
});
