import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { participantChanges } from './participant-changes.js';
import { ParticipantView } from './participant-view.js';

/** The consumer group that keeps the participants. */
export const PARTICIPANTS_GROUP = 'analytics-projections.participants';
export const PARTICIPANTS = { group: PARTICIPANTS_GROUP, categories: ['participant'] } as const;

@Controller()
export class ParticipantsConsumer<Transaction = unknown> {
  constructor(private readonly view: ParticipantView<Transaction>) {}

  @ConsumeEvents(PARTICIPANTS)
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<Transaction>> {
    return this.view.write(participantChanges(batch.events));
  }
}
