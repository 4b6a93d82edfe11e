import { Controller } from '@nestjs/common';
import { ConsumeEvents, type EventBatch } from '@poinciana/messaging';
import { OnFailures } from '../handlers/on-failures.js';

/** Sets and clears the Error of campaigns (A49). */
export const ERRORS_GROUP = 'campaign-config.errors';

@Controller()
export class ErrorsConsumer {
  constructor(private readonly failures: OnFailures) {}

  @ConsumeEvents({ group: ERRORS_GROUP, categories: ['campaign', 'workspace', 'channel'] })
  async handle({ events }: EventBatch): Promise<undefined> {
    await this.failures.handle(events);
  }
}
