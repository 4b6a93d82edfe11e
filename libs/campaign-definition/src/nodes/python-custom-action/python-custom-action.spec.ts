import { describe, expect, it } from '@jest/globals';
import { paymentReminderContext } from '../../examples/payment-reminder.js';
import { checkFlow } from '../../flow/check-flow.js';
import type { Flow } from '../../flow/flow.js';
import type { JsonObject } from '../../json.js';
import { pythonCustomAction } from './index.js';

const context = paymentReminderContext({ flowId: 'f', agentId: 'a', channelId: 'c' });
const RUN = 'def run(participant, customer, communication, now, today, log):\n    return None\n';

function problems(settings: JsonObject, pythonAvailable: boolean, type = 'python-custom-action'): readonly string[] {
  const nodes = [
    { id: 'created', type: 'participant-created', name: 'Created', settings: {} },
    { id: 'node', type, name: 'Node', settings },
    { id: 'end', type: 'cancel-communications', name: 'End', settings: {} },
  ];
  const edges = [
    { from: 'created', output: 'out', to: 'node' },
    { from: 'node', output: type === 'field-check' ? 'match' : 'out', to: 'end' },
  ];
  const flow: Flow = { id: 'f', name: 'f', nodes, edges };
  return checkFlow(flow, { ...context, pythonAvailable })
    .filter(({ severity }) => severity === 'error')
    .map(({ code, setting }) => `${code} ${setting ?? ''}`);
}

describe('A78: Python Custom Action', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['a script with its entry point', { script: RUN }, []],
    ['nothing', {}, ['missing_setting script']],
    ['blanks', { script: ' \n ' }, ['missing_setting script']],
    ['no entry point', { script: 'print(1)' }, ['script_without_run script']],
    ['an entry point inside of something', { script: 'if True:\n    def run(x): pass' }, ['script_without_run script']],
    ['a script that is too long', { script: RUN + '#'.repeat(50_000) }, ['invalid_value script']],
    ['no text', { script: 7 }, ['invalid_value script']],
  ])('%s', (_name, settings, expected) => expect(problems(settings, true)).toEqual(expected));

  it('without a runtime activation says so, for expressions too', () => {
    expect(problems({ script: RUN }, false)).toEqual(['python_unavailable script']);
    const check = {
      property: { group: 'participant', name: 'amount' },
      operator: 'isEqualTo',
      value: { source: 'python', expression: '1' },
    };
    expect(problems(check, false, 'field-check')).toEqual(['python_unavailable value']);
    expect(problems(check, true, 'field-check')).toEqual([]);
  });

  it('reads as a line', () => {
    expect(pythonCustomAction.summary({ script: RUN }, context)).toBe('Run a Python script of 2 lines');
  });
});

describe('in list', () => {
  const inList = (more: JsonObject) =>
    problems({ property: { group: 'customer', name: 'name' }, operator: 'inList', ...more }, true, 'field-check');
  it('takes typed values, or a Python expression that gives them, and nothing else', () => {
    expect(inList({ values: ['Anna'] })).toEqual([]);
    expect(inList({ value: { source: 'python', expression: '["Anna"]' } })).toEqual([]);
    expect(inList({ value: { source: 'static', value: 'Anna' } })).toEqual(['invalid_value value']);
    expect(inList({})).toEqual(['missing_setting values']);
  });
});
