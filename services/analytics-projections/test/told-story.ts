import { formatPosition } from '@poinciana/event-sourcing';
import type { FlowRun } from '@poinciana/flow-engine';
import type { BootedViews } from './booted-views.js';
import { idOf, WORKSPACE } from './stored-events.js';
import { type Person, Story } from './story.js';

export const anna: Person = {
  id: idOf('anna'),
  timeZone: 'Asia/Dubai',
  values: {
    name: 'Anna Kowalska',
    phone: '34600111222',
    email: 'anna@example.com',
    external_id: 'C1',
    is_payment_received: false,
    due_date: '2026-11-20',
    amount: 120.5,
  },
};
export const ben: Person = {
  id: idOf('ben'),
  values: { name: 'Ben', phone: '34600333444', is_payment_received: false, due_date: '2026-11-01' },
};
export const carla: Person = {
  id: idOf('carla'),
  values: { name: 'Carla', is_payment_received: false, due_date: '2026-12-24' },
};
export const dora: Person = {
  id: idOf('dora'),
  values: { name: 'Dora', phone: '34600555666', is_payment_received: false, due_date: '2026-12-24' },
};

/** The service after the story of four people was told, and how specs read what it shows. */
export interface ToldViews {
  readonly annasRun: FlowRun;
  /** Reads what the story has told so far. Throws for anything but 200. */
  read(path: string, workspace?: string): Promise<unknown>;
  readText(path: string): Promise<string>;
}

/** Anna replied; Ben's due date was over; Carla has no phone; Dora came before Start, which was for newcomers only. */
export async function tellStory(views: BootedViews): Promise<ToldViews> {
  const story = new Story(views.store);
  await story.campaignDrawn();
  await story.participantCreated(dora, 5);
  await story.campaignStarted('newcomersOnly');
  const annasRun = await annaIsReminded(story);
  await story.flowRan(ben, { type: 'participant-created', eventId: await story.participantCreated(ben, 3) });
  const carlasRun = await story.flowRan(carla, {
    type: 'participant-created',
    eventId: await story.participantCreated(carla, 4),
  });
  await story.communication(carla, carlasRun, 'CommunicationPlanned', { status: 'Planned' });
  const skipped = { status: 'Skipped', code: 'no_address', endedAt: story.time };
  await story.communication(carla, carlasRun, 'CommunicationEnded', skipped);
  return {
    annasRun,
    read: async (path, workspace = WORKSPACE) => {
      const separator = path.includes('?') ? '&' : '?';
      const answer = await views.get(`${path}${separator}waitFor=${formatPosition(story.position)}`, workspace);
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    },
    readText: async (path) => {
      const answer = await views.get(path, WORKSPACE, { accept: 'text/plain' });
      const type = answer.headers.get('content-type') ?? '';
      if (!type.startsWith('text/plain')) throw new Error(`${path} answered ${type}`);
      return answer.text();
    },
  };
}

/** Reminded, replied, completed; and the run that her end fired. */
async function annaIsReminded(story: Story): Promise<FlowRun> {
  const annasRun = await story.flowRan(anna, {
    type: 'participant-created',
    eventId: await story.participantCreated(anna),
  });
  const sessionId = idOf('session');
  const communicationId = annasRun.plans[0]?.communicationId ?? '';
  const at = (status: string, more: object = {}) => ({
    status,
    attempts: 1,
    sessionId,
    startedAt: '2026-11-20T09:00:10.000Z',
    ...more,
  });
  await story.communication(anna, annasRun, 'CommunicationPlanned', { status: 'Planned' });
  await story.communication(anna, annasRun, 'DispatchRequested', {
    status: 'Planned',
    attempts: 1,
    dispatch: 'requested',
  });
  await story.communication(anna, annasRun, 'CommunicationStarted', at('Started'));
  await story.message(sessionId, communicationId, 'MessageSent', 'Hello Anna Kowalska');
  await story.communication(anna, annasRun, 'CommunicationRead', at('Read'));
  await story.message(sessionId, communicationId, 'MessageReceived', 'I will pay tomorrow');
  await story.communication(
    anna,
    annasRun,
    'CommunicationReplied',
    at('Replied', { repliedAt: '2026-11-20T09:01:00.000Z' }),
  );
  const ended = at('Completed', { repliedAt: '2026-11-20T09:01:00.000Z', endedAt: '2026-11-20T09:02:00.000Z' });
  const eventId = await story.communication(anna, annasRun, 'CommunicationEnded', ended, {
    results: { result: 'promised' },
  });
  const communication = {
    id: communicationId,
    name: 'REMINDED_DUE_DATE',
    channel: 'whatsapp',
    status: 'Completed',
    replied: true,
  } as const;
  await story.flowRan(anna, { type: 'communication-ended', eventId, communication });
  await story.participantUpdated(anna, { amount: 99 });
  return annasRun;
}
