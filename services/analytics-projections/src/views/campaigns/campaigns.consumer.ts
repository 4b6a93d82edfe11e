import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { campaignChanges } from './campaign-changes.js';
import { CampaignView } from './campaign-view.js';

/** The consumer group that keeps the campaigns list. */
export const CAMPAIGNS_GROUP = 'analytics-projections.campaigns';
export const CAMPAIGNS = { group: CAMPAIGNS_GROUP, categories: ['campaign'], isReadModel: true } as const;

@Controller()
export class CampaignsConsumer<Transaction = unknown> {
  constructor(private readonly view: CampaignView<Transaction>) {}

  @ConsumeEvents(CAMPAIGNS)
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<Transaction>> {
    return this.view.write(campaignChanges(batch.events));
  }
}
