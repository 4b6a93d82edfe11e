import { Controller } from '@nestjs/common';
import { ConsumeEvents, type BatchHandler, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { PEOPLE_GROUP } from '../handlers/on-people.js';

/** The handler that remembers how participants are reached, as it is provided. */
export abstract class PeopleHandler {
  abstract readonly handle: BatchHandler<never>;
}

@Controller()
export class PeopleConsumer {
  constructor(private readonly people: PeopleHandler) {}

  @ConsumeEvents({ group: PEOPLE_GROUP, categories: ['participant'] })
  async handle(batch: EventBatch): Promise<StateWrite<never> | undefined> {
    return this.people.handle(batch);
  }
}
