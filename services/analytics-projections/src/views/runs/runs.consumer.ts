import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { flowRunFacts } from './flow-run-facts.js';
import { PathView } from './path-view.js';

/** The consumer group that keeps the numbers of runs. */
export const RUNS_GROUP = 'analytics-projections.runs';
export const RUNS = { group: RUNS_GROUP, categories: ['flow-runs'], isReadModel: true } as const;

@Controller()
export class RunsConsumer<Transaction = unknown> {
  constructor(private readonly view: PathView<Transaction>) {}

  @ConsumeEvents(RUNS)
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<Transaction>> {
    return this.view.write(flowRunFacts(batch.events));
  }
}
