import { randomUUID } from 'node:crypto';
import { Logger, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { BatchHandler } from '@poinciana/messaging';
import type { ServicePorts } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { WebhookAgent } from './agents/webhook-agent.js';
import { ScriptedAgent } from './agents/scripted-agent.js';
import type { ChannelAdapter } from './channels/channel-adapter.js';
import { ChannelAdapters } from './channels/channel-adapters.js';
import { EmailAdapter } from './channels/email/email-adapter.js';
import { ReturnAddresses } from './channels/email/return-addresses.js';
import { TelegramAdapter } from './channels/telegram/telegram-adapter.js';
import { VoiceAdapter } from './channels/voice/voice-adapter.js';
import { WebhookAdapter } from './channels/webhook/webhook-adapter.js';
import { WhatsAppAdapter } from './channels/whatsapp/whatsapp-adapter.js';
import { PlansConsumer, PlansHandler } from './consumers/plans.consumer.js';
import { SessionsConsumer, SessionsHandler } from './consumers/sessions.consumer.js';
import { Dispatch } from './dispatch.js';
import { PeopleConsumer, PeopleHandler } from './consumers/people.consumer.js';
import { CancelCommunications } from './handlers/cancel-communication.js';
import { ChannelHealth } from './handlers/channel-health.js';
import { ParticipantCommunications } from './handlers/participant-communications.js';
import { ReadCommunication } from './handlers/read-communication.js';
import { ReadSession } from './handlers/read-session.js';
import { RetryFailed } from './handlers/retry-failed.js';
import { SayInSession } from './handlers/say-in-session.js';
import { Suppress } from './handlers/suppress.js';
import { TryChannel } from './handlers/try-channel.js';
import { AgentRoutes } from './http/agent-routes.js';
import { ChannelsController } from './http/channels.controller.js';
import { CommunicationsController } from './http/communications.controller.js';
import { MailPreviewsController } from './http/mail-previews.controller.js';
import { ParticipantsController } from './http/participants.controller.js';
import { RetriesController } from './http/retries.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { SuppressionsController } from './http/suppressions.controller.js';
import { UnsubscribeRoutes } from './http/unsubscribe-routes.js';
import { WebhookRoutes } from './http/webhook-routes.js';
import { InProcessRateLimits } from './limits/in-process-rate-limits.js';
import type { DispatchSettings } from './settings.js';
import { PostgresAgentQuestions } from './storage/postgres-agent-questions.js';
import { PostgresChannelDirectory } from './storage/postgres-channel-directory.js';
import { PostgresDeletedParticipants } from './storage/postgres-deleted-participants.js';
import { PostgresFailedCommunications } from './storage/postgres-failed-communications.js';
import { PostgresInboundNumbers } from './storage/postgres-inbound-numbers.js';
import { PostgresInbox } from './storage/postgres-inbox.js';
import { PostgresPeople } from './storage/postgres-people.js';
import { PostgresSenders } from './storage/postgres-senders.js';
import { PostgresSessionTimers } from './storage/postgres-session-timers.js';
import { PostgresSuppressions } from './storage/postgres-suppressions.js';
import { MailListener } from './smtp/mail-listener.js';
import { PostgresTimers } from './storage/postgres-timers.js';
import { ChannelPolls } from './workers/channel-polls.js';
import { DispatchWorkers } from './workers/dispatch-workers.js';

/** The PostgreSQL schema that only this service reads and writes. */
export const DISPATCH_SCHEMA = 'communication_dispatch';

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class CommunicationDispatchModule {
  static of({ eventStore, pool, clock, settings }: ServicePorts<DispatchSettings>): DynamicModule {
    const logger = new Logger('communication-dispatch');
    const { mailDomain, publicUrl, secretsKey } = settings;
    const addresses = new ReturnAddresses({ mailDomain, publicUrl, key: secretsKey });
    const channels = new ChannelAdapters(adaptersOf(settings, addresses), secretsKey, (channelId, secret) =>
      logger.error({ channelId, secret }, 'A secret of a channel cannot be opened with the key of this process'),
    );
    const outside = new WebhookAgent(settings, secretsKey, () => Math.round(nowMs()));
    const dispatch = new Dispatch({
      store: eventStore,
      clock,
      ...storageOf(pool),
      addresses,
      channels,
      limits: new InProcessRateLimits(),
      agents: [new ScriptedAgent()],
      outside,
      settings,
      workerId: randomUUID(),
      report: (fault) => logger.error(fault, 'Something could not be worked off and waits'),
    });
    const workers = new DispatchWorkers({
      ...dispatch,
      ...dispatch.conversations,
      clock,
      channels,
      outside,
      lanes: settings.lanes,
      pollMs: settings.pollMs,
    });
    return {
      module: CommunicationDispatchModule,
      controllers: [
        ChannelsController,
        CommunicationsController,
        MailPreviewsController,
        ParticipantsController,
        RetriesController,
        SessionsController,
        SuppressionsController,
        PeopleConsumer,
        PlansConsumer,
        SessionsConsumer,
      ],
      providers: [
        ...handlersOf(dispatch, workers),
        ...workersOf(dispatch, workers, settings),
        ...routesOf(dispatch, workers, addresses),
      ],
    };
  }
}

/** The tables of the service. */
function storageOf(pool: Pool) {
  return {
    timers: new PostgresTimers(pool),
    inbox: new PostgresInbox(pool),
    directory: new PostgresChannelDirectory(pool),
    suppressions: new PostgresSuppressions(pool),
    sessionTimers: new PostgresSessionTimers(pool),
    numbers: new PostgresInboundNumbers(pool),
    people: new PostgresPeople(pool),
    senders: new PostgresSenders(pool),
    failed: new PostgresFailedCommunications(pool),
    deleted: new PostgresDeletedParticipants(pool),
    questions: new PostgresAgentQuestions(pool),
  };
}

/** By the machine's clock, in milliseconds since 1970. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function adaptersOf(settings: DispatchSettings, addresses: ReturnAddresses): readonly ChannelAdapter[] {
  return [
    new WhatsAppAdapter(settings),
    new TelegramAdapter(settings),
    new EmailAdapter(settings, addresses),
    new VoiceAdapter(settings),
    new WebhookAdapter(settings, () => Math.round(nowMs())),
  ];
}

/** Mail is taken where it has a domain to come to. */
function mailListenerOf<Transaction>(
  { mailDomain, mailPort: port, mailHost: host }: DispatchSettings,
  { mails }: Dispatch<Transaction>,
  workers: DispatchWorkers<Transaction>,
): readonly Provider[] {
  if (mailDomain === undefined) return [];
  const listener = new MailListener(mails, () => workers.wakeInbox(), { port, host });
  return [{ provide: MailListener, useValue: listener }];
}

function handlersOf<Transaction>(
  dispatch: Dispatch<Transaction>,
  workers: DispatchWorkers<Transaction>,
): readonly Provider[] {
  const plans: BatchHandler<Transaction> = async (batch) => {
    const write = await dispatch.onPlans(batch);
    if (write !== undefined) batch.afterCommit?.(() => workers.wakeDue());
    return write;
  };
  return [
    { provide: ReadCommunication, useValue: dispatch.communications },
    { provide: CancelCommunications, useValue: dispatch.cancellations },
    { provide: ParticipantCommunications, useValue: dispatch.ofParticipants },
    { provide: RetryFailed, useValue: dispatch.retries },
    { provide: ReadSession, useValue: dispatch.conversations.history },
    { provide: SayInSession, useValue: dispatch.conversations.saying },
    { provide: TryChannel, useValue: dispatch.conversations.trials },
    { provide: Suppress, useValue: dispatch.suppress },
    { provide: PeopleHandler, useValue: { handle: dispatch.onPeople } },
    { provide: ChannelHealth, useValue: dispatch.health },
    { provide: PlansHandler, useValue: { handle: plans } },
    { provide: SessionsHandler, useValue: { handle: dispatch.onCommunications } },
  ];
}

function workersOf<Transaction>(
  dispatch: Dispatch<Transaction>,
  workers: DispatchWorkers<Transaction>,
  settings: DispatchSettings,
): readonly Provider[] {
  return [
    { provide: DispatchWorkers, useValue: workers },
    { provide: ChannelPolls, useValue: new ChannelPolls(dispatch.polls, () => workers.wakeInbox()) },
    ...mailListenerOf(settings, dispatch, workers),
  ];
}

function routesOf<Transaction>(
  dispatch: Dispatch<Transaction>,
  workers: DispatchWorkers<Transaction>,
  addresses: ReturnAddresses,
): readonly Provider[] {
  return [
    {
      provide: WebhookRoutes,
      inject: [HttpAdapterHost],
      useFactory: (host: HttpAdapterHost) => new WebhookRoutes(host, dispatch.webhooks, () => workers.wakeInbox()),
    },
    {
      provide: AgentRoutes,
      inject: [HttpAdapterHost],
      useFactory: (host: HttpAdapterHost) => new AgentRoutes(host, dispatch.conversations.hearing),
    },
    {
      provide: UnsubscribeRoutes,
      inject: [HttpAdapterHost],
      useFactory: (host: HttpAdapterHost) => new UnsubscribeRoutes(host, addresses, dispatch.suppress),
    },
  ];
}
