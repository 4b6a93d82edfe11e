import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { campaignChanges } from './campaign-changes.js';
import { CampaignView } from './campaign-view.js';

/** The consumer group that keeps the campaigns list. */
export const CAMPAIGNS_GROUP = 'analytics-projections.campaigns';

@Controller()
export class CampaignsConsumer {
  constructor(private readonly view: CampaignView<unknown>) {}

  @ConsumeEvents({ group: CAMPAIGNS_GROUP, categories: ['campaign'] })
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<unknown>> {
    return this.view.write(campaignChanges(batch.events));
  }
}
