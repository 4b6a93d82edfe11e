import { randomUUID } from 'node:crypto';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ServicePorts } from '@poinciana/service-kit';
import { ScriptedAgent } from './agents/scripted-agent.js';
import { ChannelAdapters } from './channels/channel-adapters.js';
import { WhatsAppAdapter } from './channels/whatsapp/whatsapp-adapter.js';
import { PlansConsumer, PlansHandler } from './consumers/plans.consumer.js';
import { SessionsConsumer, SessionsHandler } from './consumers/sessions.consumer.js';
import { Dispatch } from './dispatch.js';
import { CancelOne } from './handlers/cancel-communication.js';
import { ChannelHealth } from './handlers/channel-health.js';
import { ReadCommunication } from './handlers/read-communication.js';
import { ChannelsController } from './http/channels.controller.js';
import { CommunicationsController } from './http/communications.controller.js';
import { WebhookRoutes } from './http/webhook-routes.js';
import { InProcessRateLimits } from './limits/in-process-rate-limits.js';
import type { DispatchSettings } from './settings.js';
import { PostgresChannelDirectory } from './storage/postgres-channel-directory.js';
import { PostgresInbox } from './storage/postgres-inbox.js';
import { PostgresTimers } from './storage/postgres-timers.js';
import { DispatchWorkers } from './workers/dispatch-workers.js';

/** The PostgreSQL schema that only this service reads and writes. */
export const DISPATCH_SCHEMA = 'communication_dispatch';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class CommunicationDispatchModule {
  static of({ eventStore, pool, clock, settings }: ServicePorts<DispatchSettings>): DynamicModule {
    const logger = new Logger('communication-dispatch');
    const channels = new ChannelAdapters([new WhatsAppAdapter(settings)], settings.secretsKey, (channelId, secret) =>
      logger.error({ channelId, secret }, 'A secret of a channel cannot be opened with the key of this process'),
    );
    const dispatch = new Dispatch({
      store: eventStore,
      clock,
      timers: new PostgresTimers(pool),
      inbox: new PostgresInbox(pool),
      directory: new PostgresChannelDirectory(pool),
      channels,
      limits: new InProcessRateLimits(),
      agents: [new ScriptedAgent()],
      settings,
      workerId: randomUUID(),
      report: (fault) => logger.error(fault, 'Something could not be worked off and waits'),
    });
    const workers = new DispatchWorkers({
      ...dispatch,
      clock,
      channels,
      lanes: settings.lanes,
      pollMs: settings.pollMs,
    });
    return {
      module: CommunicationDispatchModule,
      controllers: [CommunicationsController, ChannelsController, PlansConsumer, SessionsConsumer],
      providers: [
        { provide: ReadCommunication, useValue: dispatch.communications },
        { provide: CancelOne, useValue: dispatch.cancelOne },
        { provide: ChannelHealth, useValue: dispatch.health },
        { provide: PlansHandler, useValue: { handle: dispatch.onPlans } },
        { provide: SessionsHandler, useValue: { handle: dispatch.onCommunications } },
        { provide: DispatchWorkers, useValue: workers },
        {
          provide: WebhookRoutes,
          inject: [HttpAdapterHost],
          useFactory: (host: HttpAdapterHost) => new WebhookRoutes(host, dispatch.webhooks, () => workers.wakeInbox()),
        },
      ],
    };
  }
}
