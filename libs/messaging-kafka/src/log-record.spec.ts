import { expect, test } from '@jest/globals';
import { InMemoryEventStore, START } from '@poinciana/event-sourcing';
import { LogWriter } from '@poinciana/messaging/conformance';
import type { KafkaMessage, Message } from 'kafkajs';
import { ForeignRecordError } from './errors.js';
import { eventOf, eventRecord, placeOf, watermarkRecord, withheldRecord } from './log-record.js';

/** The record as a consumer gets it. */
function received({ key = null, value, headers = {} }: Message): KafkaMessage {
  const bytes = (text: Buffer | string | null) => (text === null ? null : Buffer.from(text));
  return {
    key: bytes(key),
    value: bytes(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))])),
    timestamp: '0',
    attributes: 0,
    offset: '7',
  };
}

async function someEvent() {
  const store = new InMemoryEventStore();
  await new LogWriter(store).write('flow-runs', [1], { text: 'Nováková \u0000 \u2028' });
  const [event] = await store.readLog(START, 1);
  if (event === undefined) throw new Error('The log is empty');
  return event;
}

test('an event arrives as it was, and its header says where it stands', async () => {
  const event = await someEvent();
  const record = received(eventRecord(event, 5, 3));
  expect(placeOf(record)).toEqual({ kind: 'event', position: event.position, previous: 5, category: 'flow-runs' });
  expect(eventOf(record)).toEqual(event);
});

test('a withheld event and a watermark carry no value', async () => {
  const event = await someEvent();
  const withheld = received(withheldRecord(event, 0, 3));
  expect(placeOf(withheld)).toEqual({ kind: 'withheld', position: event.position, previous: 0, category: 'flow-runs' });
  const watermark = received(watermarkRecord({ shard: 0, number: 9 }, 4, 3));
  expect(placeOf(watermark)).toEqual({
    kind: 'watermark',
    position: { shard: 0, number: 9 },
    previous: 4,
    category: '',
  });
  for (const record of [withheld, watermark]) expect(() => eventOf(record)).toThrow(ForeignRecordError);
});

test.each([
  ['without headers', undefined],
  ['of another kind', { 'poinciana-place': 'other 0:12 11 participant' }],
  ['without a place', { 'poinciana-place': '' }],
  ['without a position', { 'poinciana-place': 'event  11 participant' }],
  ['with a position of another form', { 'poinciana-place': 'event 12 11 participant' }],
  ['with a negative predecessor', { 'poinciana-place': 'event 0:12 -1 participant' }],
  ['with a predecessor that is no number', { 'poinciana-place': 'event 0:12 NaN participant' }],
  ['with a word too many', { 'poinciana-place': 'event 0:12 11 participant more' }],
])('a record %s is a stranger’s', async (_, replaced) => {
  const record = received(eventRecord(await someEvent(), 5, 3));
  const others = Object.fromEntries(Object.entries(replaced ?? {}).map(([name, text]) => [name, Buffer.from(text)]));
  const foreign = replaced === undefined ? { offset: '7' } : { ...record, headers: { ...record.headers, ...others } };
  expect(() => placeOf(foreign)).toThrow(ForeignRecordError);
});
