import { Controller } from '@nestjs/common';
import { ConsumeEvents, type BatchHandler, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { SESSIONS_CATEGORIES, SESSIONS_GROUP } from '../handlers/on-communications.js';

/** The handler that lets sessions follow their communications, as it is provided. */
export abstract class SessionsHandler {
  abstract readonly handle: BatchHandler<never>;
}

@Controller()
export class SessionsConsumer {
  constructor(private readonly sessions: SessionsHandler) {}

  @ConsumeEvents({ group: SESSIONS_GROUP, categories: SESSIONS_CATEGORIES })
  async handle(batch: EventBatch): Promise<StateWrite<never> | undefined> {
    return this.sessions.handle(batch);
  }
}
