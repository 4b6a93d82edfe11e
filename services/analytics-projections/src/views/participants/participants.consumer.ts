import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { participantChanges } from './participant-changes.js';
import { ParticipantView } from './participant-view.js';

/** The consumer group that keeps the participants. */
export const PARTICIPANTS_GROUP = 'analytics-projections.participants';

@Controller()
export class ParticipantsConsumer {
  constructor(private readonly view: ParticipantView<unknown>) {}

  @ConsumeEvents({ group: PARTICIPANTS_GROUP, categories: ['participant'] })
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<unknown>> {
    return this.view.write(participantChanges(batch.events));
  }
}
