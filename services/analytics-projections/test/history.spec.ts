import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootViews, type BootedViews } from './booted-views.js';
import { idOf, WORKSPACE } from './stored-events.js';
import { FLOW, UPLOAD } from './story.js';
import { anna, tellStory, type ToldViews } from './told-story.js';

let views: BootedViews;
let told: ToldViews;

beforeAll(async () => {
  views = await bootViews();
  told = await tellStory(views);
});
afterAll(() => views.stop());

describe('the why', () => {
  it('tells it whole', async () => {
    expect(await told.read(`/participants/${anna.id}/why`)).toMatchObject({
      name: 'Anna Kowalska',
      timeZone: 'Asia/Dubai',
      workspaceTimeZone: 'Europe/Madrid',
      sentence: 'Contacted once; last WhatsApp REMINDED_DUE_DATE, Completed, 20 Nov 2026. Next: none.',
      changes: [
        { sentence: `Added to the campaign by upload ${UPLOAD}, row 2.` },
        { sentence: 'Changed through the API: Amount: 120.5 → 99.', fields: ['Amount: 120.5 → 99'] },
      ],
      runs: [
        {
          flowName: 'Payment reminder',
          flowVersion: 1,
          trigger: 'Participant Created',
          steps: [
            { number: 1, sentence: 'Participant Created' },
            { number: 2, sentence: 'Is Payment Received false is equal to false: Match' },
            { number: 3, sentence: 'Due Date 2026-11-20 is on or after Today + 3 days (2026-11-23): Else' },
            { number: 4, sentence: 'Due Date 2026-11-20 is on or after Today (2026-11-20): Match' },
            { number: 5, sentence: expect.stringContaining('REMINDED_DUE_DATE planned for 2026-11-20') },
          ],
          communications: [
            {
              name: 'REMINDED_DUE_DATE',
              status: 'Completed',
              history: expect.arrayContaining([
                expect.objectContaining({ type: 'MessageReceived', sentence: 'She wrote: I will pay tomorrow' }),
                expect.objectContaining({
                  type: 'CommunicationEnded',
                  sentence: 'REMINDED_DUE_DATE ended as Completed.',
                }),
              ]),
            },
          ],
        },
        {
          trigger: 'Communication Ended',
          steps: [{}, { sentence: 'Status Completed is equal to NoResponse: Else, which stops here' }],
        },
      ],
      isCut: false,
    });
  });

  it('is text for a terminal', async () => {
    const text = await told.readText(`/participants/${anna.id}/why`);
    expect(text).toMatch(/^Contacted once; last WhatsApp REMINDED_DUE_DATE, Completed, 20 Nov 2026\. Next: none\.\n/);
    expect(text).toContain("Anna Kowalska (times in Asia/Dubai; the workspace's zone is Europe/Madrid)");
    expect(text).toContain('   2 · Is Payment Received false is equal to false: Match');
  });

  it.each([
    [
      'anna',
      'REMINDED_DUE_DATE',
      'sent',
      'REMINDED_DUE_DATE was sent over WhatsApp on 20 Nov 2026, 13:00 (Asia/Dubai): Completed.',
    ],
    [
      'anna',
      'REMINDED_BEFORE_2D',
      'stopped',
      'Stopped before Early reminder: Due Date 2026-11-20 is on or after Today + 3 days (2026-11-23): Else',
    ],
    [
      'anna',
      'FOLLOWED_UP',
      'stopped',
      'Stopped before Follow-up: Status Completed is equal to NoResponse: Else, which stops here',
    ],
    [
      'ben',
      'REMINDED_DUE_DATE',
      'stopped',
      'Stopped before Final reminder: Due Date 2026-11-01 is on or after Today (2026-11-20): Else, which stops here',
    ],
    ['ben', 'FOLLOWED_UP', 'notTriggered', 'No run of the flow Payment reminder came to Follow-up.'],
    [
      'carla',
      'REMINDED_BEFORE_2D',
      'reason',
      'REMINDED_BEFORE_2D was not sent: There was no address to send to on this channel.',
    ],
    [
      'dora',
      'REMINDED_BEFORE_2D',
      'notTriggered',
      'The campaign was started for newcomers only, and this participant came before.',
    ],
    ['anna', 'NOBODY_SENDS_THIS', 'unknown', 'No flow of this campaign sends NOBODY_SENDS_THIS.'],
  ])('%s and %s: %s', async (person, name, answer, sentence) => {
    expect(await told.read(`/participants/${idOf(person)}/why?communication=${name}`)).toMatchObject({
      answer,
      sentence,
    });
    expect(await told.readText(`/participants/${idOf(person)}/why?communication=${name}`)).toMatch(sentence);
  });
});

describe('a node', () => {
  it.each([
    ['anna', 'is-paid', 'reached', /Is Payment Received false is equal to false: Match/],
    ['anna', 'due-in-3-days', 'reached', /Due Date 2026-11-20 is on or after Today \+ 3 days \(2026-11-23\): Else/],
    ['ben', 'remind-due-date', 'stopped', /Due Date 2026-11-01 is on or after Today \(2026-11-20\): Else/],
    ['dora', 'is-paid', 'notTriggered', /newcomers only/],
    ['anna', 'nowhere', 'unknown', /has no such node/],
  ])('%s and %s: %s', async (person, wanted, kind, sentence) => {
    const answer = await told.read(`/participants/${idOf(person)}/why?flow=${FLOW}&node=${wanted}`);
    expect(answer).toMatchObject({ answer: kind, sentence: expect.stringMatching(sentence) });
  });

  it('that planned a communication is answered by what became of it', async () => {
    const answer = await told.read(`/participants/${anna.id}/why?flow=${FLOW}&node=remind-due-date`);
    expect(answer).toMatchObject({ answer: 'sent', communication: 'REMINDED_DUE_DATE' });
  });
});

describe('a past instant', () => {
  it('shows what had happened by then, and nothing of what came later', async () => {
    const items = async (asOf: string) =>
      (
        (await told.read(`/participants/${anna.id}/timeline?asOf=${asOf}`)) as {
          items: { type: string; time: string }[];
        }
      ).items;
    const all = await items('2027-01-01T00:00:00Z');
    const sent = all.findLast(({ type }) => type === 'CommunicationStarted')?.time ?? '';
    const then = await items(sent);
    expect(then[0]).toMatchObject({ type: 'CommunicationStarted' });
    expect(then.length).toBeLessThan(all.length);
    const why = await told.read(`/participants/${anna.id}/why?asOf=${sent}&communication=REMINDED_DUE_DATE`);
    expect(why).toMatchObject({ answer: 'sent', sentence: expect.stringContaining('Started') });
    const planned = all.findLast(({ type }) => type === 'CommunicationPlanned')?.time ?? '';
    expect(await told.read(`/participants/${anna.id}/why?asOf=${planned}`)).toMatchObject({
      sentence: expect.stringMatching(/^Never contacted\. Next: REMINDED_DUE_DATE/),
    });
    const before = await views.get(`/participants/${anna.id}/why?asOf=2026-01-01T00:00:00Z`, WORKSPACE);
    expect([before.status, await before.json()]).toMatchObject([404, { code: 'participant_not_found' }]);
  });
});

describe('the timeline', () => {
  it('shows everything, the newest first, each linked to its cause', async () => {
    const { items } = (await told.read(`/participants/${anna.id}/timeline`)) as {
      items: { type: string; sentence: string; eventId: string; causedBy: string | null }[];
    };
    expect(items.map(({ type }) => type)).toEqual([
      'ParticipantUpdated',
      'FlowRunCompleted',
      'CommunicationEnded',
      'CommunicationReplied',
      'MessageReceived',
      'CommunicationRead',
      'MessageSent',
      'CommunicationStarted',
      'DispatchRequested',
      'CommunicationPlanned',
      'FlowRunCompleted',
      'ParticipantCreated',
    ]);
    const planned = items.find(({ type }) => type === 'CommunicationPlanned');
    expect(items.find(({ eventId }) => eventId === planned?.causedBy)).toMatchObject({
      type: 'FlowRunCompleted',
      eventId: told.annasRun.id,
    });
    expect(items.find(({ eventId }) => eventId === told.annasRun.id)?.causedBy).toBe(items.at(-1)?.eventId);
    expect(items.at(-1)?.causedBy).toBe(null);
  });

  it('goes page by page', async () => {
    const path = `/participants/${anna.id}/timeline?limit=5`;
    const seen: string[] = [];
    for (let next = ''; ;) {
      const page = (await told.read(path + next)) as { items: { eventId: string }[]; next?: string };
      seen.push(...page.items.map(({ eventId }) => eventId));
      if (page.next === undefined) break;
      next = `&after=${page.next}`;
    }
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  });
});
