import { describe, expect, it } from '@jest/globals';
import { type FieldDefinition, PAYMENT_REMINDER_FIELDS, SYSTEM_FIELDS } from '@poinciana/campaign-definition';
import { CAMPAIGN, idOf, OTHER_WORKSPACE, SpecLog, WORKSPACE } from '../../../../test/stored-events.js';
import { eachViewStore } from '../../../../test/view-stores.js';
import { participantChanges } from '../participant-changes.js';
import { parseFieldCondition } from './field-condition.js';

const CITY: FieldDefinition = { ...SYSTEM_FIELDS[1], name: 'city', title: 'City', type: 'string' } as FieldDefinition;
const SEEN: FieldDefinition = { ...CITY, name: 'seen_at', title: 'Seen', type: 'datetime' };
const NOTE: FieldDefinition = { ...CITY, name: 'note', title: 'Note' };
const FIELDS = [...(PAYMENT_REMINDER_FIELDS as readonly FieldDefinition[]), CITY, SEEN, NOTE];

/** Two that differ only behind what an index holds. */
const [LONG, LONGER] = ['x'.repeat(300), `${'x'.repeat(300)}y`];

const PEOPLE = [
  {
    name: 'Anna',
    email: 'Änna@X.org',
    phone: '34600111222',
    amount: 5,
    due_date: '2026-11-20',
    is_payment_received: true,
    city: 'Berlin 100%',
  },
  {
    name: 'Ben',
    amount: -1.5,
    due_date: '2026-11-22',
    is_payment_received: false,
    city: 'B_rlin',
    seen_at: '2026-11-20T08:00:00.000Z',
  },
  { name: 'Carla', amount: 1e3, city: 'Cafe\u0301', email: 'c@y.org' },
  { name: 'Dora' },
  { name: 'Emil', note: LONG },
  { name: 'Fay', note: LONGER },
] as const;

eachViewStore('conditions on fields', (store) => {
  it.each<[string, readonly string[]]>([
    [`note:isEqualTo:${LONG}`, ['Emil']],
    [`note:isNotEqualTo:${LONG}`, ['Anna', 'Ben', 'Carla', 'Dora', 'Fay']],
    [`note:inList:x,${LONGER}`, ['Fay']],
    [`note:startsWith:${LONGER}`, ['Fay']],
    ['note:endsWith:xy', ['Fay']],
    ['note:startsWith:xx', ['Emil', 'Fay']],
    [`note:isEqualTo:${LONG.slice(0, 256)}`, []],
    ['note:isSet', ['Emil', 'Fay']],
    ['amount:isSet', ['Anna', 'Ben', 'Carla']],
    ['amount:isEqualTo:5', ['Anna']],
    ['amount:isNotEqualTo:5', ['Ben', 'Carla', 'Dora', 'Emil', 'Fay']],
    ['amount:isLessThan:5', ['Ben']],
    ['amount:isGreaterThanOrEqualTo:5', ['Anna', 'Carla']],
    ['amount:isBetween:-2,5', ['Anna', 'Ben']],
    ['due_date:isOnOrAfter:2026-11-21', ['Ben']],
    ['due_date:isBefore:2026-11-21', ['Anna']],
    ['is_payment_received:isEqualTo:true', ['Anna']],
    ['is_payment_received:isEqualTo:no', ['Ben']],
    ['is_payment_received:isNotSet', ['Carla', 'Dora', 'Emil', 'Fay']],
    ['city:contains:100%', ['Anna']],
    ['city:startsWith:B_', ['Ben']],
    ['city:endsWith:rlin', ['Ben']],
    ['city:isEqualTo:Café', ['Carla']],
    ['city:inList:B_rlin,Café', ['Ben', 'Carla']],
    ['email:isEqualTo:änna@x.ORG', ['Anna']],
    ['email:contains:.org', ['Anna', 'Carla']],
    ['phone:startsWith:+34 600', ['Anna']],
    ['seen_at:isAfter:2026-11-20T08:59:59+01:00', ['Ben']],
    ['seen_at:isOnOrBefore:2026-11-20T07:59:59Z', []],
  ])('%s', async (text, names) => {
    const log = new SpecLog();
    for (const [number, values] of PEOPLE.entries())
      log.participant('ParticipantCreated', { id: idOf(`person ${number}`) }, { ...values });
    log.participant('ParticipantCreated', { id: idOf('stranger') }, { ...PEOPLE[0] }, { workspace: OTHER_WORKSPACE });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const conditions = [parseFieldCondition(text, FIELDS, 'UTC')];
    const query = {
      workspace: WORKSPACE,
      campaignId: CAMPAIGN,
      sort: 'createdAt',
      direction: 'asc',
      limit: 10,
    } as const;
    const { lines, total } = await store().participants.list({ ...query, conditions });
    expect(lines.map(({ values }) => values['name'])).toEqual(names);
    expect(total).toBe(names.length);
  });
});

/** As docs/reference/field-check.md has it. */
eachViewStore('a datetime against a day', (store) => {
  const INSTANTS: readonly { readonly name: string; readonly timeZone?: string; readonly seen_at?: string }[] = [
    { name: 'Kathmandu, the day before', timeZone: 'Asia/Kathmandu', seen_at: '2026-11-21T18:14:59.999Z' },
    { name: 'Kathmandu, first', timeZone: 'Asia/Kathmandu', seen_at: '2026-11-21T18:15:00.000Z' },
    { name: 'Kathmandu, last', timeZone: 'Asia/Kathmandu', seen_at: '2026-11-22T18:14:59.999Z' },
    { name: 'Kathmandu, the day after', timeZone: 'Asia/Kathmandu', seen_at: '2026-11-22T18:15:00.000Z' },
    { name: 'Honolulu, last', timeZone: 'Pacific/Honolulu', seen_at: '2026-11-23T09:59:59.999Z' },
    { name: 'Honolulu, the day after', timeZone: 'Pacific/Honolulu', seen_at: '2026-11-23T10:00:00.000Z' },
    { name: 'the workspace, first', seen_at: '2026-11-21T23:00:00.000Z' },
    { name: 'the workspace, the day after', seen_at: '2026-11-22T23:00:00.000Z' },
    { name: 'never' },
    { name: 'nonsense', seen_at: '2026-13-45T' },
  ];
  const BEFORE = ['Kathmandu, the day before'];
  const THAT = ['Kathmandu, first', 'Kathmandu, last', 'Honolulu, last', 'the workspace, first'];
  const AFTER = ['Kathmandu, the day after', 'Honolulu, the day after', 'the workspace, the day after'];

  it.each([
    ['isEqualTo', THAT],
    ['isBefore', BEFORE],
    ['isAfter', AFTER],
    ['isOnOrBefore', [...BEFORE, ...THAT]],
    ['isOnOrAfter', [...THAT, ...AFTER]],
  ])('%s', async (operator, names) => {
    const log = new SpecLog();
    for (const [number, { timeZone, ...values }] of INSTANTS.entries()) {
      const described = { id: idOf(`person ${number}`), ...(timeZone === undefined ? {} : { timeZone }) };
      log.participant('ParticipantCreated', described, values);
    }
    await store().commit(store().participants.write(participantChanges(log.events)));
    const found = async (day: string) => {
      const conditions = [parseFieldCondition(`seen_at:${operator}:${day}`, FIELDS, 'Europe/Madrid')];
      const query = { workspace: WORKSPACE, campaignId: CAMPAIGN, sort: 'name', direction: 'asc', limit: 20 } as const;
      return (await store().participants.list({ ...query, conditions })).lines.map(({ values }) => values['name']);
    };
    expect(await found('2026-11-22')).toEqual([...names].toSorted());
    const all = [...BEFORE, ...THAT, ...AFTER].toSorted();
    expect(await found('9999-12-31')).toEqual(operator.endsWith('Before') ? all : []);
    expect(await found('0001-01-01')).toEqual(operator.endsWith('After') ? all : []);
  });
});

describe('a condition that makes no sense', () => {
  it.each([
    ['nobody:isSet', 'no field "nobody"'],
    ['amount:contains:5', 'A field of the type numeric offers'],
    ['amount:isEqualTo:five', 'amount:'],
    ['amount:isBetween:5', 'takes two values'],
    ['city:contains:', 'nothing to look for'],
    ['phone:startsWith:abc', 'nothing to look for'],
    ['due_date:isBefore:', 'needs a value'],
    ["amount'; DROP TABLE participant;--:isSet", 'no field'],
    [`city:inList:${'x,'.repeat(150)}`, 'at most 100 values'],
  ])('%s', (text, sentence) => {
    expect(() => parseFieldCondition(text, FIELDS, 'UTC')).toThrow(sentence);
  });
});
