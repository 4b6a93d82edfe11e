import { Controller } from '@nestjs/common';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { NotePauses, PAUSES_GROUP } from '../handlers/note-pauses.js';

/** Learns who and what waits for a Start. */
@Controller()
export class PausesConsumer {
  constructor(private readonly notePauses: NotePauses<unknown>) {}

  @ConsumeEvents({ group: PAUSES_GROUP, categories: ['participant', 'communication'] })
  async handle({ events }: EventBatch): Promise<StateWrite<unknown>> {
    return this.notePauses.handle(events);
  }
}
