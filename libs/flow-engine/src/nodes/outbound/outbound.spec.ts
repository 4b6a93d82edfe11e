import { describe, expect, it } from '@jest/globals';
import { ANNA, fire, flowOf, whatsApp } from '../../../test/scenario.js';
import { participantAfter } from '../../run/participant-state.js';

const created = ['participant-created'] as const;

describe('[W]11, A18: re-entry', () => {
  const flow = (reentry: string) => flowOf('f', { created, send: whatsApp('A', { reentry }) }, 'created > send');
  const open = { ...ANNA, openCommunications: [{ id: 'x', name: 'A', status: 'Planned' as const }] };
  const sent = { ...ANNA, sentNames: ['A'] };
  it.each([
    ['inProgress', 'nothing before', ANNA, undefined],
    ['inProgress', 'one in progress', open, 'already_in_progress'],
    ['inProgress', 'one sent and ended', sent, undefined],
    ['once', 'nothing before', ANNA, undefined],
    ['once', 'one still planned', open, 'already_sent'],
    ['once', 'one sent and ended', sent, 'already_sent'],
    ['always', 'one in progress', open, undefined],
    ['always', 'one sent and ended', sent, undefined],
  ])('%s with %s', (reentry, _name, participant, code) => {
    const [run] = fire([flow(reentry)], {}, participant).runs;
    expect(run?.steps[1]?.code).toBe(code);
    expect(run?.plans).toHaveLength(code === undefined ? 1 : 0);
  });
});

describe('A8: what ends at once as Skipped', () => {
  const due = { source: 'property', property: { group: 'participant', name: 'a_date' } };
  const template = {
    name: 'payment_reminder',
    language: 'en',
    variables: [
      { variable: 'name', value: { source: 'property', property: { group: 'participant', name: 'a_string' } } },
    ],
  };
  it.each([
    ['no_address', {}, { values: {} }],
    ['no_base_date', { baseDate: due }, {}],
    ['no_template_value', { template }, {}],
    ['window_passed', { baseDate: due }, { values: { ...ANNA.values, a_date: '2026-11-20' } }],
  ])('%s: a communication with its code, and the run goes on', (code, changes, state) => {
    const flow = flowOf(
      'f',
      {
        created,
        send: whatsApp('A', changes),
        next: whatsApp('A', { baseDate: { source: 'today', offset: { days: 1 } } }),
      },
      'created > send',
      'send > next',
    );
    const [run] = fire([flow], {}, { ...ANNA, ...state }).runs;
    expect(run?.plans[0]).toMatchObject({ skipCode: code, communicationId: 'e1/f/send' });
    expect(run?.plans[0]).not.toHaveProperty('sendAt');
    expect(run?.plans).toHaveLength(2);
  });
});

describe('A20: Cancel Communications', () => {
  it('ends what is open and what the run planned before; the same name may be planned again', () => {
    const flow = flowOf(
      'f',
      { created, one: whatsApp('A'), cancel: ['cancel-communications'], two: whatsApp('A') },
      'created > one',
      'one > cancel',
      'cancel > two',
    );
    const participant = { ...ANNA, openCommunications: [{ id: 'x', name: 'B', status: 'Read' as const }] };
    const [run] = fire([flow], {}, participant).runs;
    expect(run?.cancels).toEqual([{ nodeId: 'cancel', communicationIds: ['x', 'e1/f/one'] }]);
    expect(run?.plans.map((plan) => plan.communicationId)).toEqual(['e1/f/one', 'e1/f/two']);
    const after = run && participantAfter(participant, run);
    expect(after?.openCommunications.map((open) => open.id)).toEqual(['e1/f/two']);
  });
});
