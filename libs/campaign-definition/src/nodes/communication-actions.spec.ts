import { describe, expect, it } from '@jest/globals';
import type { CampaignContext } from '../campaign-context.js';
import { paymentReminderContext } from '../examples/payment-reminder.js';
import { checkFlow } from '../flow/check-flow.js';
import type { Flow } from '../flow/flow.js';
import type { JsonObject, JsonValue } from '../json.js';
import { outboundMessageOf } from './outbound-message-of.js';
import { nodeType } from './registry.js';

const reminder = paymentReminderContext({ flowId: 'f', agentId: 'a', channelId: 'whatsapp' });
const TYPES = ['whatsapp', 'telegram', 'email', 'voice'] as const;
const context: CampaignContext = {
  ...reminder,
  channels: [
    ...reminder.channels,
    ...TYPES.slice(1).map((type) => ({ id: type, name: `The ${type}`, type, running: true })),
  ],
  agents: [{ id: 'a', name: 'Bot', channelIds: [...TYPES], results: [] }],
};

const name = { source: 'property', property: { group: 'customer', name: 'name' } };
const common = {
  communicationName: 'A',
  agentId: 'a',
  baseDate: { source: 'today', offset: { days: 1 } },
  hours: { mode: 'window', from: '09:00', to: '18:00' },
  durationHours: 24,
};
const telegram = { ...common, channelId: 'telegram' };
const template = {
  subject: 'For {{name}}',
  body: '<p>{{ name }}</p>',
  format: 'html',
  variables: [{ variable: 'name', value: name }],
};
const email = { ...common, channelId: 'email', template };
const voice = {
  ...common,
  channelId: 'voice',
  phoneField: { group: 'customer', name: 'phone' },
  sipServer: 'sip.example.com',
};

function flowOf(type: string, settings: JsonObject): Flow {
  const nodes = [
    { id: 'created', type: 'participant-created', name: 'Created', settings: {} },
    { id: 'node', type, name: 'Node', settings },
  ];
  return { id: 'f', name: 'f', nodes, edges: [{ from: 'created', output: 'out', to: 'node' }] };
}

/** What stands against activation, as `code setting`; warnings marked. */
function problems(type: string, settings: JsonObject): readonly string[] {
  return checkFlow(flowOf(`${type}-communication`, settings), context).map(({ code, setting = '', severity }) =>
    `${severity === 'warning' ? '~' : ''}${code} ${setting}`.trim(),
  );
}

describe('communication actions', () => {
  const complete: Readonly<Record<string, JsonObject>> = { telegram, email, voice };

  it.each(Object.entries(complete))('%s with all settings can be activated', (type, settings) => {
    expect(problems(type, settings)).toEqual([]);
  });

  it.each(Object.entries(complete))('%s without settings: all that is missing, at once (A57, A58)', (type) => {
    const shared = ['communicationName', 'agentId', 'channelId', 'durationHours', 'baseDate', 'hours'];
    const own: Readonly<Record<string, readonly string[]>> = {
      email: ['template'],
      voice: ['phoneField', 'sipServer'],
    };
    expect(problems(type, {})).toEqual([...shared, ...(own[type] ?? [])].map((each) => `missing_setting ${each}`));
  });

  it.each(Object.entries(complete))('%s wants a channel of its own type, attached to the agent', (type, settings) => {
    const other = { ...settings, channelId: 'whatsapp' };
    expect(problems(type, other)).toEqual(['wrong_channel_type channelId']);
  });
});

describe('texts with variables', () => {
  const withTemplate = (changes: Readonly<Record<string, JsonValue>>) => ({
    ...email,
    template: { ...template, ...changes },
  });
  it.each<[string, string, JsonObject, readonly string[]]>([
    [
      'email',
      'no subject and no body',
      withTemplate({ subject: '', body: ' ' }),
      ['missing_setting template.subject', 'missing_setting template.body'],
    ],
    [
      'email',
      'a subject of two lines',
      withTemplate({ subject: 'a\r\nBcc: x@example.com' }),
      ['invalid_value template.subject'],
    ],
    ['email', 'an unknown format', withTemplate({ format: 'rtf' }), ['invalid_value template.format']],
    [
      'email',
      'a place without variable',
      withTemplate({ body: '{{name}} {{amount}}' }),
      ['missing_setting template.variables.amount'],
    ],
    [
      'email',
      'a variable without place',
      withTemplate({ subject: 'x', body: 'y' }),
      ['~unused_variable template.variables'],
    ],
    [
      'email',
      'a place that cannot be one',
      withTemplate({ body: '{{name}} {{first name}}' }),
      ['broken_place template.body'],
    ],
    [
      'email',
      'a place that is not closed',
      withTemplate({ subject: '{{name', body: '{{name}}' }),
      ['broken_place template.subject'],
    ],
    [
      'email',
      'a variable of no field',
      withTemplate({
        variables: [{ variable: 'name', value: { source: 'property', property: { group: 'customer', name: 'nick' } } }],
      }),
      ['missing_field template.variables.0'],
    ],
    [
      'email',
      'a variable twice',
      withTemplate({ variables: [...template.variables, ...template.variables] }),
      ['template_variable_twice template.variables.1'],
    ],
    [
      'email',
      'a Python expression',
      withTemplate({ variables: [{ variable: 'name', value: { source: 'python', expression: '1' } }] }),
      ['python_unavailable template.variables.0'],
    ],
    ['telegram', 'no Start Phrase', telegram, []],
    ['telegram', 'a Start Phrase', { ...telegram, startPhrase: 'Hi {{name}}', variables: template.variables }, []],
    [
      'telegram',
      'a place without variable',
      { ...telegram, startPhrase: 'Hi {{name}}' },
      ['missing_setting variables.name'],
    ],
    [
      'telegram',
      'a Start Phrase that is too long',
      { ...telegram, startPhrase: 'x'.repeat(4_097) },
      ['invalid_value startPhrase'],
    ],
  ])('%s: %s', (type, _name, settings, expected) => expect(problems(type, settings)).toEqual(expected));
});

describe('voice', () => {
  const exact = { ...voice, schedule: 'exact', exactTime: { source: 'static', value: '2026-11-24T10:00' } };
  const due = { source: 'property', property: { group: 'participant', name: 'due_date' } };
  it.each<[string, JsonObject, readonly string[]]>([
    ['SIP Parameters', { ...voice, sipParameters: 'codec=opus; x-tenant=a=b ;' }, []],
    ['SIP Parameters without =', { ...voice, sipParameters: 'codec' }, ['invalid_value sipParameters']],
    ['SIP Parameters without key', { ...voice, sipParameters: '=x' }, ['invalid_value sipParameters']],
    ['SIP Parameters with a key twice', { ...voice, sipParameters: 'a=1;a=2' }, ['invalid_value sipParameters']],
    ['SIP Parameters with a line break', { ...voice, sipParameters: 'a=1\r\nb' }, ['invalid_value sipParameters']],
    ['SIP Server with port', { ...voice, sipServer: 'sips:[2001:db8::1]:5061' }, []],
    ['SIP Server that is none', { ...voice, sipServer: 'sip server' }, ['invalid_value sipServer']],
    [
      'a phone field that is none',
      { ...voice, phoneField: { group: 'customer', name: 'email' } },
      ['type_mismatch phoneField'],
    ],
    [
      'a phone field that is gone',
      { ...voice, phoneField: { group: 'customer', name: 'fax' } },
      ['missing_field phoneField'],
    ],
    ['an exact time, which needs no hours (A58)', { ...exact, hours: null, baseDate: null }, []],
    ['an exact time that is missing', { ...exact, exactTime: null }, ['missing_setting exactTime']],
    [
      'an exact time that is a day',
      { ...exact, exactTime: { source: 'static', value: '2026-11-24' } },
      ['invalid_value exactTime.value'],
    ],
    ['an exact time of a date field', { ...exact, exactTime: due }, ['exact_needs_time exactTime.property']],
    ['an exact time of a date field and hours', { ...exact, exactTime: { ...due, offset: { hours: 10 } } }, []],
    [
      'an exact time of a number',
      { ...exact, exactTime: { ...due, property: { group: 'participant', name: 'amount' } } },
      ['base_needs_date exactTime.property'],
    ],
    [
      'an exact time in two hours',
      { ...exact, exactTime: { source: 'today', offset: { hours: 2 } }, toleranceMinutes: 30 },
      [],
    ],
    ['a tolerance out of bounds', { ...exact, toleranceMinutes: 0 }, ['invalid_value toleranceMinutes']],
    ['an unknown schedule', { ...voice, schedule: 'soon' }, ['invalid_value schedule']],
  ])('%s', (_name, settings, expected) => expect(problems('voice', settings)).toEqual(expected));
});

describe('what is sent', () => {
  const node = (type: string, settings: JsonObject) => ({
    id: 'n',
    type: `${type}-communication`,
    name: 'n',
    settings,
  });

  it('telegram: the Start Phrase, or nothing', () => {
    const settings = { ...telegram, startPhrase: 'Hi {{name}}, {{nothing}}', variables: template.variables };
    expect(outboundMessageOf(node('telegram', settings), { name: '{{amount}}' })).toEqual({
      channelType: 'telegram',
      text: 'Hi {{amount}}, ',
    });
    expect(outboundMessageOf(node('telegram', telegram), {})).toEqual({ channelType: 'telegram' });
  });

  it('email: a value is one line in the subject and no markup in HTML', () => {
    const values = { name: 'A\r\nBcc: x@example.com <script>"&\'' };
    expect(outboundMessageOf(node('email', email), values)).toEqual({
      channelType: 'email',
      subject: 'For A Bcc: x@example.com <script>"&\'',
      body: '<p>A\r\nBcc: x@example.com &lt;script&gt;&quot;&amp;&#39;</p>',
      format: 'html',
    });
    const plain = { ...email, template: { ...template, format: 'plain' } };
    expect(outboundMessageOf(node('email', plain), { name: '<b>' })).toMatchObject({
      body: '<p><b></p>',
      format: 'plain',
    });
  });

  it.each([
    ['<a href="{{x}}">', 'javascript:alert(1)', '<a href="#">'],
    ['<a href="{{x}}">', ' java\nscript:alert(1)', '<a href="#">'],
    ["<img src='{{x}}'>", 'data:text/html,hi', "<img src='#'>"],
    ['<a href={{x}}>', 'https://a.example/ onclick=alert(1)', '<a href=https://a.example/&#32;onclick&#61;alert(1)>'],
    ['<a href="{{x}}">', 'https://a.example/?a=1&b="2"', '<a href="https://a.example/?a=1&amp;b=&quot;2&quot;">'],
    ['<a href="{{x}}">', 'mailto:a@b.example', '<a href="mailto:a@b.example">'],
    ['<a href="https://a.example/{{x}}">', 'note: 1', '<a href="https://a.example/note: 1">'],
    ['<td width={{x}}>', '1 onclick=alert(1)', '<td width=1&#32;onclick&#61;alert(1)>'],
    ['<p>{{x}}</p>', 'javascript: is a word', '<p>javascript: is a word</p>'],
    ['<p>{{x}}</p>', '{{y}}', '<p>{{y}}</p>'],
  ])('email: in %s the value %j stays a value', (body, x, expected) => {
    const html = { ...email, template: { ...template, body } };
    expect(outboundMessageOf(node('email', html), { x, y: 'no' })).toMatchObject({ body: expected });
  });

  it('voice: where to call through', () => {
    const settings = { ...voice, sipParameters: 'codec=opus; x-tenant=a=b ;' };
    expect(outboundMessageOf(node('voice', settings), {})).toEqual({
      channelType: 'voice',
      sipServer: 'sip.example.com',
      sipParameters: [
        { key: 'codec', value: 'opus' },
        { key: 'x-tenant', value: 'a=b' },
      ],
    });
  });

  it('nothing from a node that is not complete, or sends nothing', () => {
    expect(outboundMessageOf(node('email', {}), {})).toBeUndefined();
    expect(outboundMessageOf(node('voice', {}), {})).toBeUndefined();
    expect(outboundMessageOf({ id: 'n', type: 'cancel-communications', name: 'n', settings: {} }, {})).toBeUndefined();
    expect(outboundMessageOf({ id: 'n', type: 'constructor', name: 'n', settings: {} }, {})).toBeUndefined();
  });
});

describe('summaries', () => {
  it.each([
    ['telegram', { ...telegram, startPhrase: 'Hello' }, 'A, Bot, Today + 1 day, 09:00–18:00, Hello'],
    ['email', email, 'A, Bot, Today + 1 day, 09:00–18:00, For {{name}}'],
    ['voice', voice, 'A, Bot, Today + 1 day, 09:00–18:00, to Phone'],
    [
      'voice',
      { ...voice, schedule: 'exact', exactTime: { source: 'static', value: '2026-11-24T10:00' } },
      'A, Bot, 2026-11-24T10:00, to Phone',
    ],
  ])('%s', (type, settings, expected) => {
    const found = nodeType(`${type}-communication`);
    expect(found?.summary(found.readSettings(settings).draft, context)).toBe(expected);
  });
});
