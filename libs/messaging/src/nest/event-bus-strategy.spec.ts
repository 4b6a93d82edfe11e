import 'reflect-metadata';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DomainError, InMemoryEventStore, START, TransientError } from '@poinciana/event-sourcing';
import { keyOf, LogWriter, QUICK_MEMBERSHIP, QUICK_PROCESSING, until } from '../conformance/index.js';
import type { EventBatch, StateWrite } from '../event-bus.js';
import { InMemoryEventBus } from '../in-memory/in-memory-event-bus.js';
import type { InMemoryTransaction } from '../in-memory/in-memory-transaction.js';
import { ConsumeEvents } from './consume-events.js';
import { EventBusStrategy } from './event-bus-strategy.js';

const seen: string[] = [];
const errors: unknown[] = [];
let failWith: (events: EventBatch['events']) => Error | undefined;

@Controller()
class ParticipantsConsumer {
  @ConsumeEvents({ group: 'views.participants', categories: ['participant'] })
  async project({ events }: EventBatch): Promise<StateWrite<InMemoryTransaction> | undefined> {
    const error = failWith(events);
    if (error !== undefined) throw error;
    return async (transaction) => transaction.change(() => seen.push(...events.map(({ id }) => id)));
  }

  @ConsumeEvents({ group: 'views.runs', categories: ['flow-runs'] })
  async ignore(_batch: EventBatch): Promise<undefined> {
    return undefined;
  }
}

@Module({ controllers: [ParticipantsConsumer] })
class ViewsModule {}

let service: INestMicroservice;
let strategy: EventBusStrategy<InMemoryTransaction>;
let writer: LogWriter;
const askedFor = new Set<string>();

beforeEach(async () => {
  seen.length = 0;
  errors.length = 0;
  failWith = () => undefined;
  const store = new InMemoryEventStore();
  writer = new LogWriter(store);
  const bus = new InMemoryEventBus({
    store,
    membership: QUICK_MEMBERSHIP,
    processing: QUICK_PROCESSING,
    report: (report) => 'error' in report && errors.push(report.error),
  });
  strategy = new EventBusStrategy({
    busOf: (name) => {
      askedFor.add(name);
      return bus;
    },
  });
  service = await NestFactory.createMicroservice(ViewsModule, { strategy, logger: false });
  await service.listen();
});
afterEach(() => service.close());

test('a controller gets the batches of its categories, and what it answers is written', async () => {
  const ids = await writer.write('participant', [1, 2, 3]);
  await writer.write('communication', [1]);
  await until('the controller has seen the events', () => seen.length === ids.length);
  expect(seen).toEqual(ids);
  expect([...askedFor]).toEqual(['views']);
});

test('errors reach the bus as they were thrown', async () => {
  const away = new TransientError('away');
  let calls = 0;
  failWith = () => (++calls === 1 ? away : undefined);
  const ids = await writer.write('participant', [1]);
  await until('the event is handled', () => seen.length === 1);
  expect(seen).toEqual(ids);
  expect(errors).toEqual([away]);
  expect(errors[0]).toBe(away);
});

test('progress, pause, dead letters and replay are there for operators', async () => {
  const refusal = new DomainError('bad_event', 'This event is bad');
  failWith = (events) => (events.some(({ key }) => key === keyOf(1)) ? refusal : undefined);
  const [bad] = await writer.write('participant', [1]);
  const { deadLetters } = strategy.subscription('views.participants');
  await until('the event is a dead letter', async () => (await deadLetters.count()).events === 1);
  expect(errors).toEqual([refusal]);
  expect((await deadLetters.list(START)).map(({ eventId, reason }) => [eventId, reason.code])).toEqual([
    [bad, 'bad_event'],
  ]);
  failWith = () => undefined;
  expect(await deadLetters.replay(keyOf(1))).toEqual({ key: keyOf(1), handled: 1, remaining: 0 });
  expect(seen).toEqual([bad]);
  strategy.pause('views.participants');
  const states = async () => Object.fromEntries((await strategy.progress()).map(({ group, state }) => [group, state]));
  expect(await states()).toEqual({ 'views.participants': 'paused', 'views.runs': 'running' });
  strategy.resume('views.participants');
  expect(await states()).toEqual({ 'views.participants': 'running', 'views.runs': 'running' });
  expect(() => strategy.subscription('views.unknown')).toThrow(RangeError);
});

test('closing ends the groups', async () => {
  const [first = ''] = await writer.write('participant', [1]);
  await until('the first event is handled', () => seen.length === 1);
  const { subscriptions } = strategy;
  await service.close();
  expect(await Promise.all(subscriptions.map(async (one) => (await one.progress()).state))).toEqual([
    'stopped',
    'stopped',
  ]);
  expect(strategy.subscriptions).toEqual([]);
  expect(seen).toEqual([first]);
});
