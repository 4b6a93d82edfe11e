import { type DynamicModule, Module } from '@nestjs/common';
import type { ServicePorts } from '@poinciana/service-kit';
import { CatchUpWorker } from './consumers/catch-up-worker.js';
import { RunsConsumer } from './consumers/runs.consumer.js';
import { CatchUpHandler } from './handlers/catch-up.js';
import { Definitions } from './handlers/definitions.js';
import { RunFlowsHandler } from './handlers/run-flows.js';
import { NO_PYTHON } from './handlers/python-evaluation.js';
import { SerialRuns } from './handlers/serial-runs.js';
import { PausesController } from './http/pauses.controller.js';
import { CatchUps } from './storage/catch-ups.js';
import { Participants } from './storage/participants.js';
import { PostgresCatchUps } from './storage/postgres-catch-ups.js';
import { PostgresParticipants } from './storage/postgres-participants.js';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class FlowExecutionModule {
  static of({ eventStore, pool, clock, progress, pace }: ServicePorts): DynamicModule {
    const participants = new PostgresParticipants(pool);
    const catchUps = new PostgresCatchUps(pool);
    const definitions = new Definitions(eventStore);
    const runs = new SerialRuns(eventStore, clock, NO_PYTHON);
    const runFlows = new RunFlowsHandler(definitions, participants, catchUps, runs);
    const catchUp = new CatchUpHandler(definitions, participants, catchUps, runs, pace);
    return {
      module: FlowExecutionModule,
      controllers: [PausesController, RunsConsumer],
      providers: [
        { provide: Participants, useValue: participants },
        { provide: CatchUps, useValue: catchUps },
        { provide: RunFlowsHandler, useValue: runFlows },
        { provide: CatchUpWorker, useValue: new CatchUpWorker(catchUp, progress) },
      ],
    };
  }
}
