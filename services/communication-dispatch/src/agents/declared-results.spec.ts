import { describe, expect, it } from '@jest/globals';
import { declaredResults } from './declared-results.js';
import { ScriptedAgent } from './scripted-agent.js';

const AGENT = {
  id: '',
  name: 'Bot',
  runtime: 'scripted',
  channelIds: [],
  inbound: false,
  results: [
    { name: 'paid', type: 'boolean', enumerationValues: [] },
    { name: 'mood', type: 'enumeration', enumerationValues: ['good', 'bad'] },
    { name: 'amount', type: 'numeric', enumerationValues: [] },
  ],
};

describe('declared results (A71)', () => {
  it('keep what fits its declared type, coerced; the rest is not set and named', () => {
    const given = { paid: 'yes', mood: 'awful', amount: '1.5', other: 1, constructor: 'x' };
    expect(declaredResults(AGENT, given, 'UTC')).toEqual({
      results: { paid: true, amount: 1.5 },
      invalid: ['mood', 'other', 'constructor'],
    });
  });
});

describe('ScriptedAgent', () => {
  const agent = {
    ...AGENT,
    script: {
      rules: [{ contains: 'PAID', results: { paid: true }, close: true }, { contains: 'hello', answer: 'Hi' }, 'junk'],
    },
  };

  it('acts by the first rule that fits, without regard to case', async () => {
    const ask = (text: string) => new ScriptedAgent().respond({ agent, text, customerContext: {} });
    expect(await ask('hello, already paid')).toEqual({ results: { paid: true }, close: true });
    expect(await ask('Hello')).toEqual({ results: {}, close: false, answer: 'Hi' });
    expect(await ask('nothing')).toEqual({ results: {}, close: false });
  });

  it('listens when it has no rules', async () => {
    const turn = await new ScriptedAgent().respond({ agent: AGENT, text: 'paid', customerContext: {} });
    expect(turn).toEqual({ results: {}, close: false });
  });
});
