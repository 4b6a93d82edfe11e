import { Controller } from '@nestjs/common';
import { ConsumeEvents, type EventBatch } from '@poinciana/messaging';
import { OnCustomersErased } from '../handlers/on-customers-erased.js';
import { OnFlowRuns } from '../handlers/on-flow-runs.js';
import { OnProfileChanges } from '../handlers/on-profile-changes.js';

/** What runs, profiles and erasures change in participants. Everything it does is in the log before its checkpoint moves. */
@Controller()
export class PoliciesConsumer {
  constructor(
    private readonly onFlowRuns: OnFlowRuns,
    private readonly onProfileChanges: OnProfileChanges,
    private readonly onCustomersErased: OnCustomersErased,
  ) {}

  @ConsumeEvents({ group: 'participant-ingestion.policies', categories: ['customer', 'flow-runs'] })
  async handle({ events }: EventBatch): Promise<undefined> {
    await this.onFlowRuns.handle(events);
    await this.onProfileChanges.handle(events);
    await this.onCustomersErased.handle(events);
    return undefined;
  }
}
