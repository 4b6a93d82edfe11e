import { describe, expect, it } from '@jest/globals';
import { byCampaign, type InboundRecord, itemOf } from './inbound-record.js';

function record(offset: number, campaign: unknown, workspace = 'w'): InboundRecord {
  return { offset, workspace, actor: 'user:shop', item: { campaign } };
}

const offsetsOf = (records: readonly InboundRecord[], keys: Readonly<Record<number, string>> = {}) =>
  byCampaign(records, (offset) => keys[offset]).map((group) => [
    group.workspace,
    group.campaignId,
    group.records.map(({ offset }) => offset),
  ]);

describe('records by campaign', () => {
  it('are grouped by workspace and campaign, in their order', () => {
    const records = [record(0, 'a'), record(1, 'b'), record(2, 'a'), record(3, 'a', 'v')];
    expect(offsetsOf(records)).toEqual([
      ['w', 'a', [0, 2]],
      ['w', 'b', [1]],
      ['v', 'a', [3]],
    ]);
  });

  it('keep what has one key in order over all campaigns', () => {
    const records = [record(0, 'a'), record(1, 'b'), record(2, 'a'), record(3, 'b')];
    expect(offsetsOf(records, { 0: 'ada', 1: 'bob', 2: 'bob', 3: 'ada' })).toEqual([
      ['w', 'a', [0]],
      ['w', 'b', [1]],
      ['w', 'a', [2]],
      ['w', 'b', [3]],
    ]);
  });
});

describe('the value of a record', () => {
  it.each([
    ['{"campaign": "a"}', { campaign: 'a' }],
    ['', 'not_json'],
    ['{', 'not_json'],
    ['[]', 'not_an_object'],
    ['null', 'not_an_object'],
    ['"text"', 'not_an_object'],
  ])('%s is %j', (text, item) => {
    expect(itemOf(text)).toEqual(item);
  });

  it('with hostile members has them as its own', () => {
    const item = itemOf('{"__proto__": {"campaign": "a"}, "constructor": 1}');
    expect(typeof item === 'object' && item['campaign']).toBeUndefined();
  });
});
