import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { SendOutcome } from '../channels/channel-adapter.js';
import type { KnownCommunication } from '../domain/communication.js';
import type { ChannelCapacity } from '../limits/channel-capacity.js';
import { addressKeyOf } from '../storage/open-communication.js';
import type { ClaimedTimer, Release, Timers } from '../storage/timers.js';
import {
  timerChangesOf,
  type CommandForCommunication,
  type CommunicationWriter,
  type WrittenCommunication,
} from './communication-writer.js';
import type { KnownDefinitions } from './known-definitions.js';
import { outcomeCommand, type RetryRules } from './outcome-commands.js';
import { callFor, NOT_CALLED_LEASE, type Call } from './provider-call.js';
import { ResultBatches } from './result-batches.js';
import type { Slots } from './slots.js';

/** How long a send whose channel is stopped or gone is left alone, by the database's clock. */
const CHANNEL_STOPPED_WAIT_MS = 2_000;
/** A channel that asks us to wait without saying how long is left alone for this long. */
const CHANNEL_PAUSE_MS = 1_000;

export interface SendRules extends RetryRules {
  readonly settleMs: number;
  readonly attemptsMax: number;
}

export interface SendSources<Transaction> {
  readonly clock: Clock;
  readonly timers: Timers<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly writer: CommunicationWriter;
  readonly channels: ChannelAdapters;
  readonly capacity: ChannelCapacity;
  /** Calls to providers at the same time, in the whole process. */
  readonly slots: Slots;
  readonly rules: SendRules;
}

/** A due communication, and the right to send it. */
export interface Sendable {
  readonly claim: ClaimedTimer;
  readonly state: KnownCommunication;
}

/** A sendable whose channel is there. */
export interface PreparedSend extends Sendable {
  readonly call: Call;
}

/** A send whose intent stands in the log. */
interface IntendedSend extends PreparedSend {
  readonly attempt: number;
  readonly last: StoredEvent;
}

interface Result {
  readonly send: IntendedSend;
  readonly outcome: SendOutcome;
}

/** Intent, call, result: each in batches, each stored before the next begins ([C]10). */
export class SendMessages<Transaction> {
  /** Long enough for a batch: the calls wait for each other. */
  readonly leaseMs: number;

  /** `workerId` names this process in the ids of its intents: another's intent is never taken for its own. */
  constructor(
    private readonly sources: SendSources<Transaction>,
    private readonly workerId: string,
  ) {
    this.leaseMs = 3 * sources.channels.sendTimeoutMs + 15_000;
  }

  /** Who may be sent to now; the others are given back. */
  async admit(
    sends: readonly Sendable[],
  ): Promise<{ readonly admitted: readonly PreparedSend[]; readonly waiting: readonly Release[] }> {
    if (sends.length === 0) return { admitted: [], waiting: [] };
    const { definitions, channels, capacity } = this.sources;
    const workspaces = await definitions.workspaces(sends.map(({ claim }) => claim.workspace));
    const stopped: Release[] = [];
    const ready: (PreparedSend & ReturnType<typeof candidateOf>)[] = [];
    for (const send of sends) {
      const workspace = workspaces.get(send.claim.workspace);
      const open = channels.open(workspace, send.claim.channelId);
      const adapter = open && channels.adapterOf(open.channel.type);
      if (open === undefined || adapter === undefined || !open.channel.running)
        stopped.push(releaseOf(send, CHANNEL_STOPPED_WAIT_MS));
      else ready.push({ ...send, ...candidateOf(send, open.channel), call: callFor(adapter, open, send.state) });
    }
    const { admitted, waiting } = await capacity.admit(ready);
    return { admitted, waiting: [...stopped, ...waiting.map(({ candidate, waitMs }) => releaseOf(candidate, waitMs))] };
  }

  /** The intents of a batch. An id of theirs belongs to one claim only: whoever finds it in the log knows whose it is. */
  intents(sends: readonly PreparedSend[], at: string): readonly CommandForCommunication[] {
    const { settleMs, attemptsMax } = this.sources.rules;
    return sends.map(({ claim: { communicationId, fence }, state }) => ({
      communicationId,
      command: { type: 'RequestDispatch', at, settleMs, attemptsMax },
      commandId: derivedId('dispatch', communicationId, this.workerId, fence),
      causation: derivedId('attempt', communicationId, state.facts.attempts + 1),
    }));
  }

  /** The sends whose intent this claim has just stored; the others are somebody else's, or were decided otherwise. */
  intended(sends: readonly PreparedSend[], written: readonly WrittenCommunication[]): readonly IntendedSend[] {
    const byId = new Map(written.map((each) => [each.communicationId, each]));
    return sends.flatMap((send) => {
      const own = byId.get(send.claim.communicationId);
      const isRequested = own?.events.some(({ type }) => type === 'DispatchRequested') === true;
      if (!isRequested || own.state === null || own.last === undefined) return [];
      return [{ ...send, state: own.state, attempt: own.state.facts.attempts, last: own.last }];
    });
  }

  /** Calls the provider for each, once, and stores what it answered. */
  async send(sends: readonly IntendedSend[], leaseEndsAt: number): Promise<void> {
    if (sends.length === 0) return;
    const results = new ResultBatches<Result>((batch) => this.record(batch));
    const calls = await Promise.allSettled(
      sends.map(async (send) => {
        const outcome = await this.sources.slots.run(() => this.call(send, leaseEndsAt));
        if (outcome.outcome === 'delayed' && outcome.scope === 'channel') {
          this.sources.capacity.pause(send.claim.channelId, outcome.retryAfterMs ?? CHANNEL_PAUSE_MS);
        }
        results.add({ send, outcome });
      }),
    );
    // Whatever happened to one of them: what the provider answered to the others is stored first.
    await results.end();
    const failed = calls.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Nothing is called once the lease might end first, or while the channel asked for a pause: certainly not sent, then. */
  private async call({ claim, call, state, attempt }: IntendedSend, leaseEndsAt: number): Promise<SendOutcome> {
    if (performance.now() + call.timeoutMs >= leaseEndsAt) return NOT_CALLED_LEASE;
    const pauseMs = this.sources.capacity.pauseOf(claim.channelId);
    if (pauseMs > 0)
      return {
        outcome: 'delayed',
        code: 'rate_limited',
        scope: 'person',
        providerCode: 'not_called',
        retryAfterMs: pauseMs,
      };
    return call.make(derivedId('dispatch', state.facts.id, attempt));
  }

  private async record(results: readonly Result[]): Promise<void> {
    const at = this.sources.clock.now().toISOString();
    const commands = results.map(({ send, outcome }) => ({
      communicationId: send.claim.communicationId,
      command: outcomeCommand(outcome, send.attempt, at, this.sources.rules),
      commandId: derivedId('outcome', send.claim.communicationId, send.attempt, send.claim.fence),
      causation: send.last.id,
    }));
    const known = new Map(results.map(({ send }) => [send.claim.communicationId, send.last]));
    const written = await this.sources.writer.execute(commands, known);
    await this.sources.timers.write(written.flatMap(timerChangesOf));
  }
}

function releaseOf({ claim: { communicationId, fence } }: Sendable, waitMs: number): Release {
  return { communicationId, fence, waitMs };
}

function candidateOf(
  { claim, state }: Sendable,
  channel: { readonly type: string; readonly settings: Readonly<Record<string, string>> },
) {
  const { channelId } = claim;
  return {
    channelId,
    sender: channel.settings['phoneNumberId'] ?? channelId,
    channelType: channel.type,
    addressKey: addressKeyOf(channelId, state.personal?.address ?? ''),
  };
}
