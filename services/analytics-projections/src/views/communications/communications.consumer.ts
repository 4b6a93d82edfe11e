import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { communicationChanges } from './communication-changes.js';
import { CommunicationView } from './communication-view.js';

/** The consumer group that keeps the communications. */
export const COMMUNICATIONS_GROUP = 'analytics-projections.communications';

@Controller()
export class CommunicationsConsumer {
  constructor(private readonly view: CommunicationView<unknown>) {}

  @ConsumeEvents({ group: COMMUNICATIONS_GROUP, categories: ['communication'] })
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<unknown>> {
    return this.view.write(communicationChanges(batch.events));
  }
}
