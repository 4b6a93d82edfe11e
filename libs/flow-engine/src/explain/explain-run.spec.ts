import { describe, expect, it } from '@jest/globals';
import { paymentReminderContext, paymentReminderFlow, REASON_CODES } from '@poinciana/campaign-definition';
import { ANNA, CONTEXT, check, contextOf, fire, flowOf, set, whatsApp } from '../../test/scenario.js';
import { compileFlow } from '../compile/compile-flow.js';
import { decideRuns } from '../run/decide-runs.js';
import type { FlowRun } from '../run/flow-run.js';
import type { CommunicationOutcome, ParticipantState } from '../run/participant-state.js';
import { explainRun } from './explain-run.js';
import { explainWhyNot } from './explain-why-not.js';

const ids = { flowId: 'f1', agentId: 'a1', channelId: 'c1' };
const reminder = paymentReminderFlow(ids);
const context = paymentReminderContext(ids);
const compiled = compileFlow(reminder, context, 3);
const unpaid: ParticipantState = {
  ...ANNA,
  zone: 'Europe/Madrid',
  values: { ...ANNA.values, is_payment_received: false },
};

function remind(
  values: ParticipantState['values'],
  now = '2026-11-20T10:00:00.000Z',
  ended?: CommunicationOutcome,
): readonly FlowRun[] {
  const participant = { ...unpaid, values: { ...unpaid.values, ...values } };
  const trigger = {
    type: ended ? ('communication-ended' as const) : ('participant-created' as const),
    eventId: 'e1',
    now,
    hop: 0,
  };
  return decideRuns({
    flows: [compiled],
    trigger: ended ? { ...trigger, communication: ended } : trigger,
    participant,
    workspaceZone: 'UTC',
  }).runs;
}

function told(runs: readonly FlowRun[]): readonly string[] {
  return runs.flatMap((run) => explainRun(run, reminder, context)).map((sentence) => sentence.text);
}

describe('the why of the payment reminder', () => {
  it('due in four days: the early reminder, two days before', () => {
    expect(told(remind({ due_date: '2026-11-24' }))).toEqual([
      'Participant Created',
      'Is Payment Received false is equal to false: Match',
      'Due Date 2026-11-24 is on or after Today + 3 days (2026-11-23): Match',
      'REMINDED_BEFORE_2D planned for 2026-11-22 09:00 (Europe/Madrid): the window 09:00–18:00 of 2026-11-22 opens then',
    ]);
  });

  it('due today: the final reminder, at once', () => {
    expect(told(remind({ due_date: '2026-11-20' })).slice(-2)).toEqual([
      'Due Date 2026-11-20 is on or after Today (2026-11-20): Match',
      'REMINDED_DUE_DATE planned for 2026-11-20 11:00 (Europe/Madrid): at once, inside the window 09:00–18:00',
    ]);
  });

  it('due today, in the evening: the window has passed', () => {
    expect(told(remind({ due_date: '2026-11-20' }, '2026-11-20T17:00:00.000Z')).at(-1)).toBe(
      'REMINDED_DUE_DATE skipped: The time window for sending was already over.',
    );
  });

  it('overdue: Else, which stops there', () => {
    expect(told(remind({ due_date: '2026-11-19' })).at(-1)).toBe(
      'Due Date 2026-11-19 is on or after Today (2026-11-20): Else, which stops here',
    );
  });

  it('paid, or not known (A24): outreach is canceled', () => {
    expect(told(remind({ is_payment_received: true })).slice(1)).toEqual([
      'Is Payment Received true is equal to false: Else',
      'Communications canceled: 0',
    ]);
    expect(told(remind({ is_payment_received: null }))[1]).toBe('Is Payment Received not set is equal to false: Else');
  });

  it('A4: the follow-up comes after NoResponse to the final reminder, and only then', () => {
    const ended = {
      id: 'x',
      name: 'REMINDED_DUE_DATE',
      channel: 'whatsapp',
      status: 'NoResponse',
      replied: false,
    } as const;
    expect(told(remind({ due_date: '2026-11-20' }, undefined, ended))).toEqual([
      'Communication Ended',
      'Status NoResponse is equal to NoResponse: Match',
      'Communication Name REMINDED_DUE_DATE is equal to REMINDED_DUE_DATE: Match',
      'FOLLOWED_UP planned for 2026-11-20 11:00 (Europe/Madrid): at once, inside the window 09:00–18:00',
    ]);
    expect(told(remind({}, undefined, { ...ended, status: 'Completed' })).at(-1)).toBe(
      'Status Completed is equal to NoResponse: Else, which stops here',
    );
    expect(told(remind({ due_date: '2026-11-20' }, undefined, { ...ended, name: 'FOLLOWED_UP' })).at(-1)).toContain(
      'Else, which stops here',
    );
  });
});

describe('every kind of step is told', () => {
  it('updates, moves, cancels, second arrivals, failures, and what was not planned', () => {
    const flow = flowOf(
      'f',
      {
        created: ['participant-created'],
        update: set('a_integer', 5),
        move: ['to-another-flow', { flowId: 'gone' }],
        cancel: ['cancel-communications'],
        send: whatsApp('A'),
        again: whatsApp('A', { reentry: 'inProgress' }),
        draft: ['to-another-flow'],
      },
      'created > update',
      'update > move',
      'move > cancel',
      'cancel > send',
      'send > again',
      'again > update',
      'again > draft',
    );
    const [run] = fire([flow], {}, { ...ANNA, openCommunications: [{ id: 'x', name: 'B', status: 'Read' }] }).runs;
    expect(run && explainRun(run, flow, contextOf([flow])).map((sentence) => sentence.text)).toEqual([
      'Participant Created',
      'Updated a_integer = 5',
      'Not moved to the flow gone: The target flow was not active.',
      'Communications canceled: 1',
      'A planned for 2026-11-21 12:00 (UTC): at once, inside the window 00:00–24:00',
      'A not planned: An earlier communication of this name is still in progress.',
      'update: The node was already executed in this run.',
      'draft failed: The settings of the node are not complete.',
    ]);
  });

  it('ranges, lists and presence', () => {
    const amount = { group: 'participant', name: 'a_integer' };
    const range = {
      property: amount,
      operator: 'isBetween',
      value: { source: 'static', value: 1 },
      upTo: { source: 'property', property: { group: 'participant', name: 'b_integer' } },
    };
    const list = { property: { group: 'customer', name: 'name' }, operator: 'inList', values: ['Ben', 'Anna'] };
    const flow = flowOf(
      'f',
      {
        created: ['participant-created'],
        range: ['field-check', range],
        list: ['field-check', list],
        set: check('a_string', 'isSet'),
        end: ['cancel-communications'],
      },
      'created > range',
      'range.else > list',
      'list.match > set',
      'set.match > end',
      'set.else > end',
    );
    const [run] = fire([flow], {}, { ...ANNA, values: { ...ANNA.values, a_integer: 7 } }).runs;
    expect(run && explainRun(run, flow, CONTEXT).map((sentence) => sentence.text)).toEqual([
      'Participant Created',
      'a_integer 7 is between 1 and b_integer (not set): Else',
      'Name Anna in list Ben, Anna: Match',
      'a_string is set: Else',
      'Communications canceled: 0',
    ]);
  });

  it('after an erasure the values read "not set"', () => {
    const [run] = remind({ due_date: '2026-11-24' });
    const erased = run && { ...run, personal: { compared: {}, fieldValues: {}, communications: {} } };
    expect(erased && explainRun(erased, reminder, context)[1]?.text).toBe(
      'Is Payment Received not set is equal to not set: Match',
    );
  });

  it('coded reasons come with advice', () => {
    const [run] = remind({ due_date: '2026-11-20', phone: null });
    const last = run && explainRun(run, reminder, context).at(-1);
    expect(last).toMatchObject({
      reasonCode: 'no_address',
      advice: 'Upload the participant again with the missing address.',
    });
    expect(REASON_CODES).toContain(last?.reasonCode);
  });
});

describe('the answer to why not', () => {
  const ask = (runs: readonly FlowRun[], nodeId: string, changes: object = {}) =>
    explainWhyNot({ flow: reminder, nodeId, context, runs, campaignActive: true, flowActive: true, ...changes }).text;

  it('sent, or skipped', () => {
    expect(ask(remind({ due_date: '2026-11-20' }), 'remind-due-date')).toBe(
      'Final reminder was reached: REMINDED_DUE_DATE planned for 2026-11-20 11:00 (Europe/Madrid): at once, inside the window 09:00–18:00',
    );
  });
  it('stopped at a named check, with both values', () => {
    expect(ask(remind({ due_date: '2026-11-24' }), 'remind-due-date')).toBe(
      'Stopped before Final reminder: Due Date 2026-11-24 is on or after Today + 3 days (2026-11-23): Match',
    );
    expect(ask(remind({ due_date: '2026-11-19' }), 'remind-due-date')).toContain(
      'Due Date 2026-11-19 is on or after Today (2026-11-20): Else',
    );
  });
  it('never triggered', () => {
    expect(ask([], 'remind-due-date', { campaignActive: false })).toBe(
      'The campaign is not active, so no trigger fires.',
    );
    expect(ask([], 'remind-due-date', { flowActive: false })).toBe('The flow Payment reminder is not active.');
    expect(ask([], 'remind-due-date', { leftOutAtStart: true })).toContain('newcomers only');
    expect(ask([], 'remind-due-date')).toBe('No trigger of the flow Payment reminder has fired for this participant.');
    expect(ask(remind({ due_date: '2026-11-20' }), 'follow-up')).toBe(
      'No run of the flow Payment reminder came to Follow-up.',
    );
  });
});
