import type { EventStore } from '@poinciana/event-sourcing';
import type { BatchHandler } from '@poinciana/messaging';
import type { Clock } from '@poinciana/service-kit';
import type { AgentRuntime } from './agents/agent-runtime.js';
import type { WebhookAgent } from './agents/webhook-agent.js';
import type { ReturnAddresses } from './channels/email/return-addresses.js';
import type { ChannelAdapters } from './channels/channel-adapters.js';
import { PATIENT_APPEND_ATTEMPTS } from './handlers/append-patiently.js';
import { AskOverdue } from './handlers/ask-overdue.js';
import { AwaitProof } from './handlers/await-proof.js';
import { CancelCommunications } from './handlers/cancel-communication.js';
import { ChannelHealth } from './handlers/channel-health.js';
import { CommunicationWriter } from './handlers/communication-writer.js';
import { EraseCommunications } from './handlers/erase-communications.js';
import { EraseSessions } from './handlers/erase-sessions.js';
import { FindChannel } from './handlers/find-channel.js';
import { KnownDefinitions } from './handlers/known-definitions.js';
import { LookUpProof } from './handlers/look-up-proof.js';
import { onCommunications } from './handlers/on-communications.js';
import { onPeople } from './handlers/on-people.js';
import { onPlans } from './handlers/on-plans.js';
import { ParticipantCommunications } from './handlers/participant-communications.js';
import { PollChannel } from './handlers/poll-channel.js';
import { PrepareSends } from './handlers/prepare-sends.js';
import { RecentCommunications } from './handlers/recent-communications.js';
import { ReadCommunication } from './handlers/read-communication.js';
import { RetryFailed } from './handlers/retry-failed.js';
import { SendMessages } from './handlers/send-messages.js';
import { SessionWriter } from './handlers/session-writer.js';
import { Slots } from './handlers/slots.js';
import { StoreMail } from './handlers/store-mail.js';
import { StoreWebhook } from './handlers/store-webhook.js';
import { Suppress } from './handlers/suppress.js';
import { WatchChannels } from './handlers/watch-channels.js';
import { UnwantedSends } from './handlers/unwanted-sends.js';
import { WorkOffDue } from './handlers/work-off-due.js';
import { ChannelCapacity } from './limits/channel-capacity.js';
import { limitsOf, type LimitSettings } from './limits/channel-limits.js';
import type { RateLimits } from './limits/rate-limits.js';
import { conversationsOf, type Conversations } from './conversations.js';
import type { DispatchSettings } from './settings.js';
import type { ChannelDirectory } from './storage/channel-directory.js';
import type { AgentQuestions } from './storage/agent-questions.js';
import type { DeletedParticipants } from './storage/deleted-participants.js';
import type { FailedCommunications } from './storage/failed-communications.js';
import type { InboundNumbers } from './storage/inbound-numbers.js';
import type { Inbox } from './storage/inbox.js';
import type { People } from './storage/people.js';
import type { Senders } from './storage/senders.js';
import type { SessionTimers } from './storage/session-timers.js';
import type { Suppressions } from './storage/suppressions.js';
import { CLAIM_MAX, type Timers } from './storage/timers.js';

/** Pauses after a refusal for now that names none, and how often a provider that may be broken is asked. */
const RETRY_FIRST_PAUSE_MS = 1_000;
const RETRY_PAUSE_MAX_MS = 5 * 60_000;
const RETRY_FEW_TRIES = 5;
/** Attempts at one communication, whatever the reasons. */
const ATTEMPTS_MAX = 50;

/**
 * So many are claimed at once where no more can be under way. Where more can be, as many as that: the first of a larger claim would wait
 * until its last is prepared.
 */
const CLAIM_LEAST = 200;
/** The longest that a process that has just begun waits for webhooks it missed. */
const PROOF_GRACE_MAX_MS = 60_000;

/** What dispatch stands on: ports only. */
export interface DispatchParts<Transaction> {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly timers: Timers<Transaction>;
  readonly inbox: Inbox;
  readonly directory: ChannelDirectory<Transaction>;
  readonly suppressions: Suppressions;
  readonly sessionTimers: SessionTimers<Transaction>;
  readonly numbers: InboundNumbers;
  readonly people: People<Transaction>;
  readonly senders: Senders;
  readonly failed: FailedCommunications<Transaction>;
  readonly deleted: DeletedParticipants<Transaction>;
  readonly questions: AgentQuestions<Transaction>;
  readonly addresses: ReturnAddresses;
  readonly channels: ChannelAdapters;
  readonly limits: RateLimits;
  /** Those that answer at once. */
  readonly agents: readonly AgentRuntime[];
  /** Those with systems of their own. */
  readonly outside: WebhookAgent;
  readonly settings: Pick<
    DispatchSettings,
    'settleSeconds' | 'inboundQuietMinutes' | 'agentTimeoutSeconds' | 'connections'
  > &
    LimitSettings;
  /** Names this process in the ids of its intents: unique, also after a restart. */
  readonly workerId: string;
  /** Appends that only this process would repeat are repeated this often; 1 in tests that cut them. */
  readonly appendAttemptsMax?: number;
  readonly jitter?: () => number;
  /** The machine's clock, in milliseconds, for pauses that providers ask for; does not follow the test clock. */
  readonly machineMs?: () => number;
  /** How long after the start of the process no unknown outcome is given up; by default as long as proof is awaited, at most a minute. */
  readonly proofGraceMs?: number;
  /** What fails by itself and waits for somebody to look. Holds no value about a person. */
  readonly report: (fault: { readonly what: string; readonly id: string; readonly error?: unknown }) => void;
}

/** Every handler of the service, put together once for the composition root and for tests. */
export class Dispatch<Transaction> {
  readonly timers: Timers<Transaction>;
  readonly inbox: Inbox;
  readonly senders: Senders;
  readonly due: WorkOffDue<Transaction>;
  readonly webhooks: StoreWebhook<Transaction>;
  readonly onPlans: BatchHandler<Transaction>;
  readonly onCommunications: BatchHandler<Transaction>;
  readonly communications: ReadCommunication;
  readonly onPeople: BatchHandler<Transaction>;
  readonly cancellations: CancelCommunications<Transaction>;
  readonly ofParticipants: ParticipantCommunications;
  readonly retries: RetryFailed<Transaction>;
  readonly conversations: Conversations<Transaction>;
  readonly health: ChannelHealth<Transaction>;
  readonly suppress: Suppress;
  readonly mails: StoreMail<Transaction>;
  readonly polls: PollChannel<Transaction>;
  readonly watch: WatchChannels;

  constructor(parts: DispatchParts<Transaction>) {
    const { store, clock, timers, inbox, directory, channels, settings, report, people, senders, failed } = parts;
    const definitions = new KnownDefinitions(store);
    const recent = new RecentCommunications(parts.machineMs);
    const writer = new CommunicationWriter(store, 1, recent);
    const sessions = new SessionWriter(store);
    const slots = new Slots(settings.connections);
    const capacity = new ChannelCapacity(parts.limits, limitsOf(settings), parts.machineMs);
    this.timers = timers;
    this.inbox = inbox;
    this.senders = senders;
    const erasure = new EraseCommunications({ store, writer, timers });
    this.onPlans = onPlans({ writer, timers, channels: directory, deleted: parts.deleted, definitions, erasure });
    const waits = {
      settleMs: settings.settleSeconds * 1_000,
      quietMs: settings.inboundQuietMinutes * 60_000,
      agentMs: settings.agentTimeoutSeconds * 1_000,
    };
    const { sessionTimers, questions, suppressions, addresses } = parts;
    this.suppress = new Suppress({ store, clock, suppressions, writer });
    const sessionErasure = new EraseSessions({ store, sessions, senders, inbox, directory });
    this.onPeople = onPeople({ people, senders, erasure: sessionErasure });
    this.onCommunications = onCommunications({
      sessions,
      channels: directory,
      definitions,
      erasure,
      people,
      senders,
      sessionErasure,
      timers: sessionTimers,
      due: timers,
      failed,
      questions,
      suppress: this.suppress,
      waits,
    });
    this.webhooks = new StoreWebhook({ clock, directory, definitions, channels, inbox, report });
    this.communications = new ReadCommunication(store);
    this.cancellations = new CancelCommunications(clock, writer, timers);
    this.ofParticipants = new ParticipantCommunications(store);
    this.retries = new RetryFailed({ store, clock, writer, timers, failed });
    const find = new FindChannel(definitions, channels);
    const { webhooks } = this;
    this.health = new ChannelHealth({
      store,
      clock,
      find,
      adapters: channels,
      directory,
      inbox,
      capacity,
      webhooks,
    });
    this.mails = new StoreMail({ clock, addresses, directory, definitions, writer, inbox, suppress: this.suppress });
    this.polls = new PollChannel({ clock, directory, definitions, channels, inbox });
    this.watch = new WatchChannels({ store, clock, report, now: parts.machineMs });
    this.due = dueOf(parts, { definitions, slots, capacity, watch: this.watch, recent });
    this.conversations = conversationsOf(parts, { definitions, writer, sessions, slots, find, waits });
  }
}

function dueOf<Transaction>(
  parts: DispatchParts<Transaction>,
  own: {
    readonly definitions: KnownDefinitions;
    readonly slots: Slots;
    readonly capacity: ChannelCapacity;
    readonly watch: WatchChannels;
    readonly recent: RecentCommunications;
  },
): WorkOffDue<Transaction> {
  const {
    store,
    clock,
    timers,
    channels,
    settings,
    jitter = Math.random,
    appendAttemptsMax = PATIENT_APPEND_ATTEMPTS,
  } = parts;
  // Nobody repeats a worker's appends: what a provider answered would be lost with them.
  const writer = new CommunicationWriter(store, appendAttemptsMax, own.recent);
  const rules = {
    settleMs: settings.settleSeconds * 1_000,
    attemptsMax: ATTEMPTS_MAX,
    firstPauseMs: RETRY_FIRST_PAUSE_MS,
    pauseMaxMs: RETRY_PAUSE_MAX_MS,
    fewTriesMax: RETRY_FEW_TRIES,
    jitter,
  };
  const preparation = new PrepareSends(own.definitions, channels, own.capacity, timers);
  const onFault = (id: string, error: unknown): void => parts.report({ what: 'due communication', id, error });
  const sender = new SendMessages<Transaction>({ clock, timers, writer, ...own, rules, onFault }, parts.workerId);
  const graceMs = parts.proofGraceMs ?? Math.min(PROOF_GRACE_MAX_MS, rules.settleMs);
  const proof = new AwaitProof(parts.inbox, graceMs, parts.machineMs);
  const lookUp = new LookUpProof(channels, own.definitions, own.slots);
  const overdue = new AskOverdue({ channels, inbox: parts.inbox, ...own });
  const claimMax = Math.min(CLAIM_MAX, Math.max(CLAIM_LEAST, settings.connections));
  return new WorkOffDue({
    clock,
    timers,
    writer,
    preparation,
    sender,
    proof,
    lookUp,
    overdue,
    unwanted: new UnwantedSends(parts.suppressions, parts.deleted),
    ...own,
    claimMax,
    onFault,
  });
}
