import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@poinciana/campaign-definition';
import { activationErrors, ANNA, AT_ONCE, fire, flowOf } from '../../test/scenario.js';
import type { Plan } from '../run/flow-run.js';

const field = (name: string, group = 'participant') => ({ source: 'property', property: { group, name } });
const TELEGRAM = { ...AT_ONCE, communicationName: 'T', channelId: 'c2' };
const variables = [{ variable: 'name', value: field('name', 'customer') }];
const EMAIL = {
  ...AT_ONCE,
  communicationName: 'E',
  channelId: 'c3',
  template: { subject: 'For {{name}}', body: 'Dear {{name}}', variables },
};
const VOICE = {
  ...AT_ONCE,
  communicationName: 'V',
  channelId: 'c4',
  phoneField: { group: 'participant', name: 'a_phone' },
  sipServer: 'sip.example.com',
};
const PEOPLE = { ...ANNA.values, telegram_id: '4711', email: 'anna@example.com', a_phone: '4930123456' };

function planned(
  type: string,
  settings: JsonObject,
  values: typeof ANNA.values = PEOPLE,
): { readonly plan: Plan | undefined; readonly personal: unknown } {
  const flow = flowOf(
    'f',
    { created: ['participant-created'], send: [`${type}-communication`, settings] },
    'created > send',
  );
  expect(activationErrors(flow)).toEqual([]);
  const [run] = fire([flow], {}, { ...ANNA, zone: 'Europe/Berlin', values }).runs;
  return { plan: run?.plans[0], personal: run?.personal.communications['e1/f/send'] };
}

describe('each channel: a plan with its address and the values of its variables', () => {
  it.each<[string, JsonObject, string, Record<string, string>]>([
    ['telegram', { ...TELEGRAM, startPhrase: 'Hi {{name}}', variables }, '4711', { name: 'Anna' }],
    ['telegram', TELEGRAM, '4711', {}],
    ['email', EMAIL, 'anna@example.com', { name: 'Anna' }],
    ['voice', VOICE, '4930123456', {}],
  ])('%s', (type, settings, address, templateVariables) => {
    const { plan, personal } = planned(type, settings);
    expect(plan).toMatchObject({
      nodeId: 'send',
      channelType: type,
      sendAt: '2026-11-21T12:00:00.000Z',
      windowEnd: '2026-11-21T23:00:00.000Z',
      durationMs: 3_600_000,
      timing: { code: 'at_once' },
    });
    expect(personal).toEqual({ address, templateVariables, customerContext: {} });
  });

  it.each<[string, JsonObject, string, typeof ANNA.values]>([
    ['telegram', TELEGRAM, 'no_address', {}],
    ['email', EMAIL, 'no_address', { name: 'Anna' }],
    ['voice', VOICE, 'no_address', { phone: '4930123456' }],
    ['email', EMAIL, 'no_template_value', { email: 'anna@example.com' }],
    ['telegram', { ...TELEGRAM, startPhrase: '{{name}}', variables }, 'no_template_value', { telegram_id: '1' }],
    [
      'telegram',
      { ...TELEGRAM, startPhrase: 'Hi {{name}}', variables },
      'message_too_long',
      { telegram_id: '1', name: 'x'.repeat(4_094) },
    ],
    [
      'email',
      { ...EMAIL, template: { ...EMAIL.template, body: '{{name}}'.repeat(20) } },
      'message_too_long',
      { email: 'anna@example.com', name: 'x'.repeat(30_000) },
    ],
  ])('A8: %s %#: %3$s', (type, settings, code, values) => {
    const { plan } = planned(type, settings, values);
    expect(plan).toMatchObject({ skipCode: code });
    expect(plan).not.toHaveProperty('sendAt');
  });
});

describe('A10, A58: a call at an exact time', () => {
  const exact = (exactTime: JsonObject, more: JsonObject = {}) => ({
    ...VOICE,
    hours: null,
    baseDate: null,
    schedule: 'exact',
    exactTime,
    ...more,
  });
  const at = (changes: JsonObject) => ({ source: 'static', ...changes });
  it.each<[string, JsonObject, typeof ANNA.values, string]>([
    ['typed, in her zone', exact(at({ value: '2026-11-24T10:00' })), {}, '2026-11-24T09:00 to 09:15 at_instant'],
    ['typed, with an offset', exact(at({ value: '2026-11-24T10:00Z' })), {}, '2026-11-24T10:00 to 10:15 at_instant'],
    ['in two hours', exact({ source: 'today', offset: { hours: 2 } }), {}, '2026-11-21T14:00 to 14:15 at_instant'],
    ['now', exact({ source: 'today' }), {}, '2026-11-21T12:00 to 12:15 at_once'],
    [
      'a field',
      exact(field('a_datetime')),
      { a_datetime: '2026-11-22T08:00:00.000Z' },
      '2026-11-22T08:00 to 08:15 at_instant',
    ],
    [
      'a date field at 10:00',
      exact({ ...field('a_date'), offset: { hours: 10 } }),
      { a_date: '2026-11-22' },
      '2026-11-22T09:00 to 09:15 at_instant',
    ],
    [
      'five minutes ago is still in time',
      exact(field('a_datetime')),
      { a_datetime: '2026-11-21T11:55:00.000Z' },
      '2026-11-21T12:00 to 12:10 at_once',
    ],
    [
      'its own tolerance',
      exact(field('a_datetime'), { toleranceMinutes: 60 }),
      { a_datetime: '2026-11-21T11:30:00.000Z' },
      '2026-11-21T12:00 to 12:30 at_once',
    ],
    [
      'A92: never behind the thing itself',
      exact({ ...field('a_datetime'), offset: { hours: -0.1 } }),
      { a_datetime: '2026-11-21T12:03:00.000Z' },
      '2026-11-21T12:00 to 12:03 at_once',
    ],
    ['over', exact(field('a_datetime')), { a_datetime: '2026-11-21T11:45:00.000Z' }, 'window_passed'],
    ['no value', exact(field('a_datetime')), {}, 'no_base_date'],
  ])('%s', (_name, settings, values, expected) => {
    const { plan } = planned('voice', settings, { ...PEOPLE, ...values });
    const { sendAt = '', windowEnd = '', skipCode, timing } = plan as Plan;
    const told = skipCode ?? `${sendAt.slice(0, 16)} to ${windowEnd.slice(11, 16)} ${timing.code}`;
    expect(told).toBe(expected);
  });
});
