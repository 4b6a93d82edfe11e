import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { flowRunFacts } from './flow-run-facts.js';
import { PathView } from './path-view.js';

/** The consumer group that keeps the numbers of runs. */
export const RUNS_GROUP = 'analytics-projections.runs';

@Controller()
export class RunsConsumer {
  constructor(private readonly view: PathView<unknown>) {}

  @ConsumeEvents({ group: RUNS_GROUP, categories: ['flow-runs'] })
  async handle(@Payload() batch: EventBatch): Promise<StateWrite<unknown>> {
    return this.view.write(flowRunFacts(batch.events));
  }
}
