import { expect, test } from '@jest/globals';
import { type Envelope, eventJson, type EventPlace, lazyEvent } from './lazy-event.js';

const ID = '0b5c0a7e-0000-4000-8000-000000000001';
const ENVELOPE: Envelope = {
  id: ID,
  type: 'Noted',
  workspace: ID,
  key: ID,
  time: '2026-03-01T09:00:00.000Z',
  causation: ID,
  correlation: ID,
  actor: 'service:spec',
  hop: 0,
};
const PLACE: EventPlace = { stream: `note-${ID}`, revision: 0, position: { shard: 0, number: 1 } };

test('compares, spreads and is written as any other event', () => {
  const event = lazyEvent(ENVELOPE, PLACE, '{"count":1}', '{"name":"Anna"}');
  const plain = { ...ENVELOPE, ...PLACE, data: { count: 1 }, personal: { name: 'Anna' } };
  expect(event).toEqual(plain);
  expect({ ...event }).toEqual(plain);
  expect(JSON.parse(JSON.stringify(event))).toEqual(plain);
});

test('without personal values it has no such member', () => {
  for (const nothing of [undefined, null]) {
    expect(Object.keys(lazyEvent(ENVELOPE, PLACE, '{}', nothing))).not.toContain('personal');
  }
});

test('its payload is read once, and only when somebody looks', () => {
  const event = lazyEvent(ENVELOPE, PLACE, '{"count":1}', 'no JSON');
  expect(event.data).toBe(event.data);
  expect(() => event.personal).toThrow(SyntaxError);
});

test('its JSON is the same whether its payload was read or not, and reads nothing', () => {
  for (const personal of [undefined, '{"name":"Anna"}']) {
    const unread = eventJson(lazyEvent(ENVELOPE, PLACE, '{"count":1}', personal));
    const event = lazyEvent(ENVELOPE, PLACE, '{"count":1}', personal);
    expect(unread).toBe(JSON.stringify(event));
    expect(eventJson(event)).toBe(unread);
    expect(eventJson({ ...event })).toBe(unread);
  }
  expect(() => eventJson(lazyEvent(ENVELOPE, PLACE, 'no JSON', 'none either'))).not.toThrow();
});
