import { Secret, TestClock } from '@poinciana/service-kit';
import {
  derivedId,
  InMemoryEventStore,
  NO_STREAM,
  readStream,
  START,
  streamName,
  type Cuts,
  type NewEvent,
  type Position,
  type StoredEvent,
} from '@poinciana/event-sourcing';
import { repeatUntilThrough } from '@poinciana/event-sourcing/testing';
import { InMemoryTransaction, type BatchHandler } from '@poinciana/messaging';
import { WebhookAgent } from '../src/agents/webhook-agent.js';
import { ScriptedAgent } from '../src/agents/scripted-agent.js';
import { ChannelAdapters } from '../src/channels/channel-adapters.js';
import { ReturnAddresses } from '../src/channels/email/return-addresses.js';
import { InMemoryChannel } from '../src/channels/in-memory-channel.js';
import { Dispatch } from '../src/dispatch.js';
import { SESSIONS_CATEGORIES } from '../src/handlers/on-communications.js';
import { PLANS_CATEGORIES } from '../src/handlers/on-plans.js';
import { InProcessRateLimits } from '../src/limits/in-process-rate-limits.js';
import { InMemoryAgentQuestions } from '../src/storage/in-memory-agent-questions.js';
import { InMemoryChannelDirectory } from '../src/storage/in-memory-channel-directory.js';
import { InMemoryDeletedParticipants } from '../src/storage/in-memory-deleted-participants.js';
import { InMemoryFailedCommunications } from '../src/storage/in-memory-failed-communications.js';
import { InMemoryInboundNumbers } from '../src/storage/in-memory-inbound-numbers.js';
import { InMemoryInbox } from '../src/storage/in-memory-inbox.js';
import { InMemoryPeople } from '../src/storage/in-memory-people.js';
import { InMemorySenders } from '../src/storage/in-memory-senders.js';
import { InMemorySessionTimers } from '../src/storage/in-memory-session-timers.js';
import { InMemorySuppressions } from '../src/storage/in-memory-suppressions.js';
import { InMemoryTimers } from '../src/storage/in-memory-timers.js';
import { CAMPAIGN, CHANNEL, channelOf, secretsKey, WORKSPACE, workspaceEvents } from './sample-definitions.js';

/** What tests of anything else do not want to meet. */
const NO_LIMITS = {
  whatsappPairIntervalMs: 0,
  telegramMessagesPerSecond: 100_000,
  telegramPairIntervalMs: 0,
  emailMessagesPerSecond: 100_000,
  voiceCallsPerSecond: 10_000,
};

const CONNECTIONS = { connections: 4, connectTimeoutMs: 2_000, answerTimeoutMs: 5_000 };

/** Longer than every lease. */
const LEASE_OVER_MS = 3_600_000;
const PASSES_MAX = 100;

/** The whole service in memory, with a hand on both clocks. A process of it can die, and another take over. */
export class DispatchWorld {
  readonly clock = new TestClock(new Date('2026-03-01T12:00:00.000Z'));
  readonly channel: InMemoryChannel;
  readonly store: InMemoryEventStore;
  readonly timers: InMemoryTimers;
  readonly inbox: InMemoryInbox;
  readonly directory = new InMemoryChannelDirectory();
  readonly suppressions = new InMemorySuppressions();
  readonly sessionTimers = new InMemorySessionTimers(() => this.databaseMs);
  readonly numbers = new InMemoryInboundNumbers();
  readonly people = new InMemoryPeople();
  readonly senders = new InMemorySenders();
  readonly failed = new InMemoryFailedCommunications();
  readonly deleted = new InMemoryDeletedParticipants();
  readonly questions = new InMemoryAgentQuestions(() => this.databaseMs);
  readonly faults: { readonly what: string; readonly id: string; readonly error?: unknown }[] = [];
  dispatch: Dispatch<InMemoryTransaction>;
  private readonly outside = new WebhookAgent(CONNECTIONS, new Secret(secretsKey), () => this.clock.now().getTime());
  private databaseMs = 0;
  private processes = 0;
  private readonly pumps: {
    readonly categories: readonly string[];
    position: Position;
    readonly handler: () => BatchHandler<InMemoryTransaction>;
  }[];

  constructor(
    readonly cuts?: Cuts,
    private readonly settings: { readonly whatsappMessagesPerSecond: number } = { whatsappMessagesPerSecond: 100_000 },
  ) {
    this.store = new InMemoryEventStore(cuts);
    this.timers = new InMemoryTimers(() => this.databaseMs, cuts);
    this.inbox = new InMemoryInbox(() => this.databaseMs, cuts);
    this.channel = new InMemoryChannel(cuts);
    this.dispatch = this.process();
    this.pumps = [
      { categories: PLANS_CATEGORIES, position: START, handler: () => this.dispatch.onPlans },
      { categories: ['participant'], position: START, handler: () => this.dispatch.onPeople },
      { categories: SESSIONS_CATEGORIES, position: START, handler: () => this.dispatch.onCommunications },
    ];
  }

  /** Ends the connections to agents. */
  async close(): Promise<void> {
    await this.outside.close();
  }

  /** The process ends here, and another begins when its leases are over. */
  restart(): void {
    this.databaseMs += LEASE_OVER_MS;
    this.dispatch = this.process();
  }

  /** The database's clock goes on. */
  wait(ms: number): void {
    this.databaseMs += ms;
  }

  /** Appends events of other services, whatever is cut. */
  async append(stream: string, events: readonly NewEvent[]): Promise<void> {
    await repeatUntilThrough(async () => {
      const ids = new Set((await readStream(this.store, stream)).map(({ id }) => id));
      const missing = events.filter(({ id }) => !ids.has(id));
      if (missing.length > 0)
        await this.store.append([
          { stream, expectedRevision: ids.size === 0 ? NO_STREAM : ids.size - 1, events: missing },
        ]);
    });
  }

  /** A workspace with a channel and an agent, and a campaign that is Active from now on. */
  async begin(channelSettings: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.append(streamName('workspace', WORKSPACE), workspaceEvents(channelOf(channelSettings)));
    await this.campaign('CampaignCreated', { fields: [], status: 'Inactive' });
    await this.startCampaign();
  }

  async startCampaign(overdueAnswer: 'skip' | 'replan' = 'skip'): Promise<void> {
    await this.campaign('CampaignStarted', {
      flows: [],
      pauseAnswer: 'run',
      overdueAnswer,
      generation: 1,
      status: 'Active',
    });
  }

  async campaign(
    type: string,
    { status, ...data }: { readonly status: string; readonly [name: string]: unknown },
  ): Promise<void> {
    const stream = streamName('campaign', CAMPAIGN);
    const count = (await readStream(this.store, stream)).length;
    const campaign = { id: CAMPAIGN, name: 'Payments', description: '', kind: 'flow', status };
    const envelope = { id: derivedId(stream, count), key: CAMPAIGN, time: this.now() };
    await this.append(stream, [
      ...(await readStream(this.store, stream)),
      {
        ...envelope,
        type,
        workspace: WORKSPACE,
        causation: CAMPAIGN,
        correlation: CAMPAIGN,
        actor: 'user:test',
        hop: 0,
        data: { campaign, ...data },
      },
    ]);
  }

  now(): string {
    return this.clock.now().toISOString();
  }

  setClock(instant: string): void {
    this.clock.set(new Date(instant));
  }

  /** Hands the log to the consumer groups as a bus does: the same batch again after every cut. With a number, to the first ones only. */
  async consume(groups?: number): Promise<void> {
    for (const pump of this.pumps.slice(0, groups)) {
      const all = await this.store.readLog(pump.position, 10_000);
      const events = all.filter(({ stream }) => pump.categories.some((category) => stream.startsWith(`${category}-`)));
      if (events.length > 0) {
        await repeatUntilThrough(async () => {
          const write = await pump.handler()({ group: 'test', events });
          const transaction = new InMemoryTransaction();
          await write?.(transaction);
          transaction.commit();
        });
      }
      pump.position = all.at(-1)?.position ?? pump.position;
    }
  }

  /** Works off everything that is due and everything in the inbox; a cut kills the process, and another goes on. */
  async work(): Promise<void> {
    for (let passes = 0; passes < PASSES_MAX; passes += 1) {
      let done = 0;
      try {
        done =
          (await this.dispatch.due.pass()) +
          (await this.dispatch.conversations.inboxWork.pass()) +
          (await this.dispatch.conversations.sessionWork.pass()) +
          (await this.dispatch.conversations.asking.pass());
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'Cut') throw error;
        this.restart();
        done = 1;
      }
      if (done === 0) return;
    }
    throw new Error(`Not done after ${PASSES_MAX} passes`);
  }

  /** What the provider tells, in one webhook. */
  async tell(...notices: readonly object[]): Promise<string> {
    const body = Buffer.from(JSON.stringify(notices));
    return this.dispatch.webhooks.store('whatsapp', CHANNEL, { headers: { 'x-twin-secret': 'app' }, body, atMs: 0 });
  }

  async communication(id: string): Promise<readonly StoredEvent[]> {
    return readStream(this.store, streamName('communication', id));
  }

  async types(id: string): Promise<readonly string[]> {
    return (await this.communication(id)).map(({ type }) => type);
  }

  private process(): Dispatch<InMemoryTransaction> {
    this.processes += 1;
    const key = new Secret(secretsKey);
    return new Dispatch({
      store: this.store,
      clock: this.clock,
      timers: this.timers,
      inbox: this.inbox,
      directory: this.directory,
      suppressions: this.suppressions,
      sessionTimers: this.sessionTimers,
      numbers: this.numbers,
      people: this.people,
      senders: this.senders,
      failed: this.failed,
      deleted: this.deleted,
      questions: this.questions,
      addresses: new ReturnAddresses({ mailDomain: 'mail.example', publicUrl: 'https://api.example', key }),
      channels: new ChannelAdapters([this.channel], key, (_, __, error) => {
        throw error;
      }),
      limits: new InProcessRateLimits(),
      agents: [new ScriptedAgent()],
      outside: this.outside,
      settings: {
        settleSeconds: 600,
        inboundQuietMinutes: 60,
        agentTimeoutSeconds: 120,
        connections: 4,
        ...NO_LIMITS,
        ...this.settings,
      },
      workerId: `process ${this.processes}`,
      appendAttemptsMax: 1,
      proofGraceMs: 0,
      jitter: () => 0,
      machineMs: () => this.databaseMs,
      report: (fault) => this.faults.push(fault),
    });
  }
}
