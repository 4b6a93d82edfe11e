import { Controller } from '@nestjs/common';
import { ConsumeEvents, type BatchHandler, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { PLANS_CATEGORIES, PLANS_GROUP } from '../handlers/on-plans.js';

/** The handler of plans, as it is provided. */
export abstract class PlansHandler {
  abstract readonly handle: BatchHandler<never>;
}

@Controller()
export class PlansConsumer {
  constructor(private readonly plans: PlansHandler) {}

  @ConsumeEvents({ group: PLANS_GROUP, categories: PLANS_CATEGORIES })
  async handle(batch: EventBatch): Promise<StateWrite<never> | undefined> {
    return this.plans.handle(batch);
  }
}
