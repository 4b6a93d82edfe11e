import { type DynamicModule, Module } from '@nestjs/common';
import type { ServicePorts } from '@poinciana/service-kit';
import { CatchUpWorker } from './consumers/catch-up-worker.js';
import { RunsConsumer } from './consumers/runs.consumer.js';
import { CatchUpHandler } from './handlers/catch-up.js';
import { Definitions } from './handlers/definitions.js';
import { KnownSignals } from './handlers/known-signals.js';
import { RunFlowsHandler } from './handlers/run-flows.js';
import { NO_PYTHON } from './handlers/python-evaluation.js';
import { TriedOutFlows } from './handlers/tried-out-flow.js';
import { TryFile } from './handlers/try-file.js';
import { TryParticipant } from './handlers/try-participant.js';
import { SerialRuns } from './handlers/serial-runs.js';
import { DryRunDoor } from './http/dry-run-door.js';
import { DryRunsController } from './http/dry-runs.controller.js';
import { PausesController } from './http/pauses.controller.js';
import { CatchUps } from './storage/catch-ups.js';
import { Participants } from './storage/participants.js';
import { PostgresCatchUps } from './storage/postgres-catch-ups.js';
import { PostgresContactHours } from './storage/postgres-contact-hours.js';
import { PostgresParticipants } from './storage/postgres-participants.js';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class FlowExecutionModule {
  static of({ eventStore, pool, clock, progress, pace }: ServicePorts): DynamicModule {
    const participants = new PostgresParticipants(pool);
    const catchUps = new PostgresCatchUps(pool);
    const contactHours = new PostgresContactHours(pool);
    const signals = new KnownSignals(contactHours, clock);
    const definitions = new Definitions(eventStore, signals);
    const runs = new SerialRuns(eventStore, clock, NO_PYTHON, contactHours);
    const runFlows = new RunFlowsHandler(definitions, participants, catchUps, runs, contactHours);
    const catchUp = new CatchUpHandler(definitions, participants, catchUps, runs, pace);
    const triedOut = new TriedOutFlows(eventStore, clock, signals);
    return {
      module: FlowExecutionModule,
      controllers: [PausesController, DryRunsController, RunsConsumer],
      providers: [
        { provide: Participants, useValue: participants },
        { provide: CatchUps, useValue: catchUps },
        { provide: RunFlowsHandler, useValue: runFlows },
        { provide: TryParticipant, useValue: new TryParticipant(triedOut, participants, contactHours) },
        { provide: TryFile, useValue: new TryFile(triedOut) },
        DryRunDoor,
        { provide: CatchUpWorker, useValue: new CatchUpWorker(catchUp, progress) },
      ],
    };
  }
}
