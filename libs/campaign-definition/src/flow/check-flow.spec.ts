import { describe, expect, it } from '@jest/globals';
import type { CampaignContext } from '../campaign-context.js';
import { paymentReminderContext, paymentReminderFlow } from '../examples/payment-reminder.js';
import type { JsonObject } from '../json.js';
import { activationRefusal, checkFlow, hasErrors } from './check-flow.js';
import type { Flow, FlowNode } from './flow.js';

const ids = { flowId: 'f1', agentId: 'a1', channelId: 'c1' };
const reminder = paymentReminderFlow(ids);
const context = paymentReminderContext(ids);
const whatsApp = reminder.nodes.find((node) => node.id === 'remind-before')?.settings as JsonObject;

/** Created → one node under test. */
function flowOf(type: string, settings: JsonObject, id = 'f1'): Flow {
  const nodes: FlowNode[] = [
    { id: 'created', type: 'participant-created', name: 'Created', settings: {} },
    { id: 'node', type, name: 'Node', settings },
    { id: 'end', type: 'cancel-communications', name: 'End', settings: {} },
  ];
  const isCheck = type === 'field-check';
  const rest = isCheck ? ['match', 'else'] : ['out'];
  return {
    id,
    name: id,
    nodes,
    edges: [
      { from: 'created', output: 'out', to: 'node' },
      ...rest.map((output) => ({ from: 'node', output, to: 'end' })),
    ],
  };
}

function errors(flow: Flow, given: CampaignContext = context): readonly string[] {
  return checkFlow(flow, given)
    .filter((problem) => problem.severity === 'error')
    .map((problem) => `${problem.code} ${problem.nodeId ?? ''} ${problem.setting ?? ''}`.trim());
}

function warnings(flow: Flow, given: CampaignContext = context): readonly string[] {
  return checkFlow(flow, given)
    .filter((problem) => problem.severity === 'warning')
    .map((problem) => problem.code);
}

const due = { group: 'participant', name: 'due_date' };
const amount = { group: 'participant', name: 'amount' };
const typed = (value: string | number | boolean) => ({ source: 'static', value });

describe('the payment reminder', () => {
  it('can be activated; what is doubtful is a warning', () => {
    expect(errors(reminder)).toEqual([]);
    expect(new Set(warnings(reminder))).toEqual(new Set(['else_stops', 'field_may_be_missing']));
  });
});

describe('Fill in required fields for: …', () => {
  it('names every incomplete node and its settings, all at once', () => {
    const flow = flowOf('whatsapp-communication', {});
    expect(errors(flow)).toEqual([
      'missing_setting node communicationName',
      'missing_setting node agentId',
      'missing_setting node channelId',
      'missing_setting node durationHours',
      'missing_setting node baseDate',
      'missing_setting node hours',
      'missing_setting node template',
    ]);
    expect(activationRefusal(checkFlow(flow, context))).toBe('Fill in required fields for: Node');
  });

  it.each<[string, string, JsonObject, readonly string[]]>([
    ['field-check', 'nothing', {}, ['property', 'operator']],
    ['field-check', 'no value', { property: due, operator: 'isEqualTo' }, ['value']],
    ['field-check', 'half a range', { property: amount, operator: 'isBetween', value: typed(1) }, ['upTo']],
    ['field-check', 'an empty value', { property: due, operator: 'isEqualTo', value: typed(' ') }, ['value.value']],
    ['update-field', 'nothing', {}, ['assignments']],
    [
      'update-field',
      'a set without value',
      { assignments: [{ field: due, operation: 'set' }] },
      ['assignments.0.value'],
    ],
    ['to-another-flow', 'nothing', {}, ['flowId']],
  ])('%s with %s', (type, _name, settings, missing) => {
    expect(errors(flowOf(type, settings))).toEqual(missing.map((setting) => `missing_setting node ${setting}`));
  });
});

describe('A56, A30, A31, A71: Field Check', () => {
  it.each<[string, JsonObject, string]>([
    [
      'unknown field',
      { property: { group: 'participant', name: 'nothing' }, operator: 'isSet' },
      'missing_field node property',
    ],
    [
      'wrong level',
      { property: { group: 'customer', name: 'due_date' }, operator: 'isSet' },
      'missing_field node property',
    ],
    [
      'undeclared result',
      { property: { group: 'communication', name: 'mood' }, operator: 'isSet' },
      'missing_result node property',
    ],
    [
      'operator of another type',
      { property: due, operator: 'contains', value: typed('x') },
      'operator_not_offered node operator',
    ],
    ['unknown operator', { property: due, operator: 'constructor', value: typed('x') }, 'invalid_value node operator'],
    [
      'value of another type',
      { property: due, operator: 'isEqualTo', value: typed('soon') },
      'invalid_value node value',
    ],
    [
      'unknown status',
      { property: { group: 'communication', name: 'status' }, operator: 'isEqualTo', value: typed('Done') },
      'invalid_value node value',
    ],
    [
      'field of another type',
      { property: due, operator: 'isEqualTo', value: { source: 'property', property: amount } },
      'type_mismatch node value',
    ],
    [
      'Today for a number',
      { property: amount, operator: 'isEqualTo', value: { source: 'today' } },
      'today_needs_date node value',
    ],
    [
      'range upside down',
      { property: amount, operator: 'isBetween', value: typed(2), upTo: typed(1) },
      'invalid_range node upTo',
    ],
    [
      'empty list',
      { property: { group: 'customer', name: 'email' }, operator: 'inList', values: [] },
      'invalid_value node values',
    ],
    [
      'list with a bad value',
      { property: { group: 'customer', name: 'email' }, operator: 'inList', values: ['a@b.co', 'x'] },
      'invalid_value node values.1',
    ],
    [
      'phone part without digits',
      { property: { group: 'customer', name: 'phone' }, operator: 'startsWith', value: typed('+') },
      'invalid_value node value',
    ],
    [
      'Python',
      { property: due, operator: 'isEqualTo', value: { source: 'python', expression: '1' } },
      'python_unavailable node value',
    ],
    [
      'fraction of a day',
      { property: due, operator: 'isEqualTo', value: { source: 'today', offset: { days: 0.5 } } },
      'invalid_value node value.offset.days',
    ],
  ])('%s', (_name, settings, expected) => expect(errors(flowOf('field-check', settings))).toEqual([expected]));

  it('A71: two agents that declare one name with different types', () => {
    const result = (type: 'string' | 'integer') => [{ name: 'mood', type }];
    const agents = [
      { id: 'a1', name: 'A', channelIds: ['c1'], results: result('string') },
      { id: 'a2', name: 'B', channelIds: [], results: result('integer') },
    ];
    const flow = flowOf('field-check', { property: { group: 'communication', name: 'mood' }, operator: 'isSet' });
    expect(errors(flow, { ...context, agents })).toEqual(['result_type_conflict node property']);
    expect(errors(flow, { ...context, agents: agents.slice(0, 1) })).toEqual([]);
  });
});

describe('A57, A58, A7, [C]1: communications', () => {
  const other = {
    flow: flowOf('whatsapp-communication', { ...whatsApp, communicationName: 'TAKEN' }, 'f2'),
    active: false,
  };
  it.each<[string, JsonObject, readonly string[]]>([
    ['lower-case name', { communicationName: 'reminder' }, ['invalid_value node communicationName']],
    ['name of another flow', { communicationName: 'TAKEN' }, ['communication_name_taken node communicationName']],
    ['unknown agent', { agentId: 'a9' }, ['missing_agent node agentId']],
    ['unknown channel', { channelId: 'c9' }, ['missing_channel node channelId']],
    [
      'channel of another type',
      { channelId: 'c2' },
      ['wrong_channel_type node channelId', 'channel_not_attached node channelId'],
    ],
    [
      'base that is no date',
      { baseDate: { source: 'property', property: amount } },
      ['base_needs_date node baseDate.property'],
    ],
    ['A7: From equals To', { hours: { mode: 'window', from: '09:00', to: '09:00' } }, ['invalid_value node hours.to']],
    ['From 24:00', { hours: { mode: 'window', from: '24:00', to: '09:00' } }, ['invalid_value node hours.from']],
    ['To 24:00', { hours: { mode: 'window', from: '00:00', to: '24:00' } }, []],
    ['hours over midnight', { hours: { mode: 'window', from: '22:00', to: '02:00' } }, []],
    ['best time', { hours: { mode: 'best' } }, []],
    ['duration of nothing', { durationHours: 0 }, ['invalid_value node durationHours']],
    ['duration of a fraction', { durationHours: 0.001 }, []],
    [
      'unknown template',
      { template: { name: 'nobody', language: 'en', variables: [] } },
      ['missing_template node template'],
    ],
    [
      'unmapped variable',
      {
        template: { name: 'payment_reminder', language: 'en', variables: [{ variable: 'name', value: typed('you') }] },
      },
      ['missing_setting node template.variables.due_date'],
    ],
    ['unknown repetition', { reentry: 'sometimes' }, ['invalid_value node reentry']],
  ])('%s', (_name, changes, expected) => {
    const channels = [...context.channels, { id: 'c2', name: 'Mail', type: 'email' as const, running: true }];
    expect(
      errors(flowOf('whatsapp-communication', { ...whatsApp, ...changes }), { ...context, channels, flows: [other] }),
    ).toEqual(expected);
  });

  it('a stopped channel is a warning', () => {
    const channels = context.channels.map((channel) => ({ ...channel, running: false }));
    expect(warnings(flowOf('whatsapp-communication', whatsApp), { ...context, channels })).toContain('channel_stopped');
  });
});

describe('A72: Update Field', () => {
  const set = (name: string, value: JsonObject, group = 'customer') => ({
    assignments: [{ field: { group, name }, operation: 'set', value }],
  });
  it.each<[string, JsonObject, readonly string[]]>([
    ['identity key', set('external_id', typed('x')), ['identity_key_not_writable node assignments.0.field']],
    ['phone', set('phone', typed('+491511234567')), []],
    ['a phone that is none', set('phone', typed('FLOWERS')), ['invalid_value node assignments.0.value']],
    ['a result', set('status', typed('Completed'), 'communication'), ['result_not_writable node assignments.0.field']],
    ['empty value resets', set('name', typed('')), []],
    ['number into text', set('name', { source: 'property', property: amount }), []],
    [
      'text into number',
      set('amount', { source: 'property', property: { group: 'customer', name: 'name' } }, 'participant'),
      ['type_mismatch node assignments.0.value'],
    ],
    ['Today into text', set('name', { source: 'today' }), ['today_needs_date node assignments.0.value']],
  ])('%s', (_name, settings, expected) => expect(errors(flowOf('update-field', settings))).toEqual(expected));
});

describe('A14, A59: To Another Flow', () => {
  const target = (id: string, next: string): Flow => {
    const flow = flowOf('to-another-flow', { flowId: next }, id);
    const nodes = flow.nodes.map((node) => (node.id === 'created' ? { ...node, type: 'from-another-flow' } : node));
    return { ...flow, nodes };
  };
  const to = (flowId: string) => flowOf('to-another-flow', { flowId });

  it('missing, itself, without trigger, inactive', () => {
    const flows = [
      { flow: flowOf('cancel-communications', {}, 'f3'), active: true },
      { flow: target('f4', 'f9'), active: false },
    ];
    expect(errors(to('f9'))).toEqual(['missing_flow node flowId']);
    expect(errors(to('f1'))).toContain('flow_targets_itself node flowId');
    expect(errors(to('f3'), { ...context, flows })).toEqual(['target_without_trigger node flowId']);
    expect(warnings(to('f4'), { ...context, flows })).toContain('target_flow_inactive');
  });

  it('a loop over active flows is refused, over inactive ones it is not', () => {
    const loop = (active: boolean) => [
      { flow: target('f2', 'f3'), active: true },
      { flow: target('f3', 'f1'), active },
    ];
    const start = {
      ...to('f2'),
      nodes: [...to('f2').nodes, { id: 'from', type: 'from-another-flow', name: 'From', settings: {} }],
      edges: [...to('f2').edges, { from: 'from', output: 'out', to: 'end' }],
    };
    expect(errors(start, { ...context, flows: loop(true) })).toEqual(['flow_loop node flowId']);
    expect(errors(start, { ...context, flows: loop(false) })).toEqual([]);
  });
});

describe("the documents' sentences", () => {
  it('a trigger type twice', () => {
    const flow = flowOf('cancel-communications', {});
    const twice = {
      ...flow,
      nodes: [...flow.nodes, { id: 'again', type: 'participant-created', name: 'Again', settings: {} }],
      edges: [...flow.edges, { from: 'again', output: 'out', to: 'end' }],
    };
    const problems = checkFlow(twice, context);
    expect(hasErrors(problems)).toBe(true);
    expect(activationRefusal(problems)).toBe('Participant Created can be used only once per flow');
  });

  it('every problem has a sentence, and none is left with a hole', () => {
    const flow = flowOf('whatsapp-communication', {
      ...whatsApp,
      agentId: 'x',
      communicationName: 'x',
      durationHours: -1,
      template: { name: 'x', language: 'x' },
    });
    for (const problem of checkFlow(flow, context)) {
      expect(problem.sentence).not.toBe(problem.code);
      expect(problem.sentence).not.toMatch(/[{}]/);
    }
  });

  it('A54: settings of nodes that no trigger reaches are not checked', () => {
    const flow = flowOf('cancel-communications', {});
    const loose = {
      ...flow,
      nodes: [...flow.nodes, { id: 'loose', type: 'to-another-flow', name: 'Loose', settings: {} }],
    };
    expect(errors(loose)).toEqual([]);
    expect(warnings(loose)).toEqual(['unreachable_node']);
  });
});
