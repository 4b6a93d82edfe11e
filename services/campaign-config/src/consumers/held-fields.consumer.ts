import { Controller } from '@nestjs/common';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { filledFields } from '../domain/filled-fields.js';
import { HELD_FIELDS_GROUP } from '../handlers/define-fields.js';
import { HeldFields } from '../storage/held-fields.js';

/** Learns which fields hold values, so that their types stay. */
@Controller()
export class HeldFieldsConsumer {
  constructor(private readonly heldFields: HeldFields<unknown>) {}

  @ConsumeEvents({ group: HELD_FIELDS_GROUP, categories: ['participant'] })
  async handle({ events }: EventBatch): Promise<StateWrite<unknown> | undefined> {
    const filled = filledFields(events);
    return filled.length === 0 ? undefined : this.heldFields.fill(filled);
  }
}
