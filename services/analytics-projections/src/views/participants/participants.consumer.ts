import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { CommunicationView } from '../communications/communication-view.js';
import { erasedParticipants, participantChanges } from './participant-changes.js';
import { ParticipantView } from './participant-view.js';

/** The consumer group that keeps the participants. */
export const PARTICIPANTS_GROUP = 'analytics-projections.participants';
export const PARTICIPANTS = { group: PARTICIPANTS_GROUP, categories: ['participant'], isReadModel: true } as const;

@Controller()
export class ParticipantsConsumer<Transaction = unknown> {
  constructor(
    private readonly view: ParticipantView<Transaction>,
    private readonly communications: CommunicationView<Transaction>,
  ) {}

  @ConsumeEvents(PARTICIPANTS)
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<Transaction>> {
    const write = this.view.write(participantChanges(batch.events));
    const erased = erasedParticipants(batch.events);
    if (erased.length === 0) return write;
    const forget = this.communications.forget(erased);
    return async (transaction) => {
      await write(transaction);
      await forget(transaction);
    };
  }
}
