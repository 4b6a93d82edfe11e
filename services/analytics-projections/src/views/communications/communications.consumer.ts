import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { communicationChanges } from './communication-changes.js';
import { CommunicationView } from './communication-view.js';

/** The consumer group that keeps the communications. */
export const COMMUNICATIONS_GROUP = 'analytics-projections.communications';
export const COMMUNICATIONS = {
  group: COMMUNICATIONS_GROUP,
  categories: ['communication'],
  isReadModel: true,
} as const;

@Controller()
export class CommunicationsConsumer<Transaction = unknown> {
  constructor(private readonly view: CommunicationView<Transaction>) {}

  @ConsumeEvents(COMMUNICATIONS)
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<Transaction>> {
    return this.view.write(communicationChanges(batch.events));
  }
}
