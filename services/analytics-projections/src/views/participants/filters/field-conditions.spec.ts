import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  FIELD_TYPES,
  type FieldDefinition,
  type FieldType,
  OPERATOR_TITLES,
  OPERATORS,
  PAYMENT_REMINDER_FIELDS,
  SYSTEM_FIELDS,
} from '@poinciana/campaign-definition';
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

eachViewStore('a datetime against a time without an offset', (store) => {
  /** 10:00 of that day, and of two days on which clocks change in Madrid: 02:30 is there twice, and not at all. */
  const [PLAIN, TWICE, NEVER] = ['2026-11-22T10:00', '2026-10-25T02:30', '2026-03-29T02:30'];
  const INSTANTS: readonly { readonly name: string; readonly timeZone?: string; readonly seen_at?: string }[] = [
    { name: '10:00 in Kathmandu', timeZone: 'Asia/Kathmandu', seen_at: '2026-11-22T04:15:00.000Z' },
    { name: '10:00 in Honolulu', timeZone: 'Pacific/Honolulu', seen_at: '2026-11-22T20:00:00.000Z' },
    { name: '10:00 in the workspace', seen_at: '2026-11-22T09:00:00.000Z' },
    { name: '11:00 in the workspace', seen_at: '2026-11-22T10:00:00.000Z' },
    { name: '09:59 in Kathmandu', timeZone: 'Asia/Kathmandu', seen_at: '2026-11-22T04:14:59.999Z' },
    { name: 'the first 02:30', seen_at: '2026-10-25T00:30:00.000Z' },
    { name: 'the second 02:30', seen_at: '2026-10-25T01:30:00.000Z' },
    { name: '03:30 for 02:30', seen_at: '2026-03-29T01:30:00.000Z' },
    { name: 'never' },
    { name: 'nonsense', seen_at: '2026-13-45T' },
  ];
  const THAT = ['10:00 in Kathmandu', '10:00 in Honolulu', '10:00 in the workspace'];
  const OCTOBER = ['the first 02:30', 'the second 02:30'];
  const EARLIER = ['03:30 for 02:30', ...OCTOBER, '09:59 in Kathmandu'];
  const LATER = ['11:00 in the workspace'];

  it.each([
    [`isEqualTo:${PLAIN}`, THAT],
    [`isEqualTo: ${PLAIN.replace('T', ' ')}:00.000 `, THAT],
    [`isBefore:${PLAIN}`, EARLIER],
    [`isAfter:${PLAIN}`, LATER],
    [`isOnOrBefore:${PLAIN}`, [...EARLIER, ...THAT]],
    [`isOnOrAfter:${PLAIN}`, [...THAT, ...LATER]],
    [`isEqualTo:${PLAIN}Z`, LATER],
    [`isEqualTo:${TWICE}`, ['the first 02:30']],
    [`isBefore:${TWICE}`, ['03:30 for 02:30']],
    [`isEqualTo:${NEVER}`, ['03:30 for 02:30']],
    [`isOnOrBefore:${NEVER}`, ['03:30 for 02:30']],
    ['isAfter:9999-12-31T10:00', []],
    ['isBefore:0001-01-01T10:00', []],
  ])('%s', async (text, names) => {
    const log = new SpecLog();
    for (const [number, { timeZone, ...values }] of INSTANTS.entries()) {
      const described = { id: idOf(`person ${number}`), ...(timeZone === undefined ? {} : { timeZone }) };
      log.participant('ParticipantCreated', described, values);
    }
    await store().commit(store().participants.write(participantChanges(log.events)));
    const conditions = [parseFieldCondition(`seen_at:${text}`, FIELDS, 'Europe/Madrid')];
    const query = { workspace: WORKSPACE, campaignId: CAMPAIGN, sort: 'name', direction: 'asc', limit: 20 } as const;
    const { lines } = await store().participants.list({ ...query, conditions });
    expect(lines.map(({ values }) => values['name'])).toEqual(names.toSorted());
  });
});

/** What a person may be compared with in a list too: whatever is typed. */
const TYPED = readFileSync(new URL('../../../../../../docs/reference/field-check.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.slice(1, -1).split('|'))
  .map((cells) => cells.map((cell) => cell.trim()))
  .filter(([type = '', , , right = '']) => FIELD_TYPES.some((each) => each === type) && !/field|Today/.test(right));

eachViewStore('a condition decides as a Field Check does', (store) => {
  it.each(TYPED)('%s: %s %s %s: %s', async (typeName, left = '', title, right = '', result) => {
    const type = typeName as FieldType;
    const field = { ...CITY, name: 'checked', type, enumerationValues: ['red', 'green'] };
    const operator = OPERATORS.find((each) => OPERATOR_TITLES[each] === title);
    const typed =
      right === '—'
        ? ''
        : `:${right
            .replaceAll('"', '')
            .split(/;| \.\. /)
            .join(',')}`;
    const value = ['integer', 'numeric'].includes(type) ? Number(left) : type === 'boolean' ? left === 'true' : left;
    const log = new SpecLog();
    const described = { id: idOf('Anna'), timeZone: 'Asia/Kathmandu' };
    log.participant('ParticipantCreated', described, left === 'not set' ? {} : { checked: value });
    await store().commit(store().participants.write(participantChanges(log.events)));
    const conditions = [parseFieldCondition(`checked:${operator}${typed}`, [field], 'Europe/Madrid')];
    const query = { workspace: WORKSPACE, campaignId: CAMPAIGN, sort: 'name', direction: 'asc', limit: 1 } as const;
    const { lines } = await store().participants.list({ ...query, conditions });
    expect(lines).toHaveLength(result === 'Match' ? 1 : 0);
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
