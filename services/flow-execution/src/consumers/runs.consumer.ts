import { Controller } from '@nestjs/common';
import { ConsumeEvents, type EventBatch, type StateWrite } from '@poinciana/messaging';
import { RunFlowsHandler } from '../handlers/run-flows.js';

/** The consumer group that lets triggers run. */
export const RUNS_GROUP = 'flow-execution.runs';

@Controller()
export class RunsConsumer {
  constructor(private readonly runFlows: RunFlowsHandler<unknown>) {}

  @ConsumeEvents({ group: RUNS_GROUP, categories: ['campaign', 'participant', 'communication', 'session'] })
  async handle(batch: EventBatch): Promise<StateWrite<unknown>> {
    return this.runFlows.handle(batch);
  }
}
