import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { sessionChanges } from './session-changes.js';
import { SessionView } from './session-view.js';

/** The consumer group that keeps the conversations; of customers it only wants to know who was erased. */
export const SESSIONS_GROUP = 'analytics-projections.sessions';
export const SESSIONS = { group: SESSIONS_GROUP, categories: ['session', 'customer'], isReadModel: true } as const;

@Controller()
export class SessionsConsumer<Transaction = unknown> {
  constructor(private readonly view: SessionView<Transaction>) {}

  @ConsumeEvents(SESSIONS)
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<Transaction> | undefined> {
    const events = batch.events.filter(({ type }) => type !== 'CustomerProfileChanged');
    return events.length === 0 ? undefined : this.view.write(sessionChanges(events));
  }
}
