import { derivedId, TransientError, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { SendOutcome } from '../channels/channel-adapter.js';
import {
  timerChangesOf,
  type CommandForCommunication,
  type CommunicationWriter,
  type KnownLast,
} from './communication-writer.js';
import { HoldSends, type HeldSends, type HoldSources } from './hold-sends.js';
import { outcomeCommand, type RetryRules } from './outcome-commands.js';
import type { PreparedSend } from './prepare-sends.js';
import { NOT_CALLED_LEASE } from './provider-call.js';
import { ResultBatches } from './result-batches.js';
import type { Slots } from './slots.js';
import type { WatchChannels } from './watch-channels.js';

/** As many parts of all the slots are made sure of at a time. */
const HELD_PARTS = 2;
/** An answer that could not be stored: what it said is lost, and nobody may take it for a refusal. */
const NOT_STORED: SendOutcome = { outcome: 'unknown', providerCode: 'answer_not_stored' };

export interface SendRules extends RetryRules {
  readonly settleMs: number;
  readonly attemptsMax: number;
}

export interface SendSources<Transaction> extends HoldSources<Transaction> {
  readonly clock: Clock;
  readonly writer: CommunicationWriter;
  readonly watch: WatchChannels;
  /** Bounds the intents without a result, in the whole process: what a crash can make unknown. */
  readonly slots: Slots;
  readonly rules: SendRules;
  /** Results that cannot be stored for no reason of the outside. */
  readonly onFault: (id: string, error: unknown) => void;
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
  private isStopping = false;
  private readonly holding: HoldSends<Transaction>;

  /** `workerId` names this process in the ids of its intents: another's intent is never taken for its own. */
  constructor(
    private readonly sources: SendSources<Transaction>,
    private readonly workerId: string,
  ) {
    this.holding = new HoldSends(sources);
  }

  /** Begins nothing more: what is claimed and not intended is free again when its short lease is over. */
  stop(): void {
    this.isStopping = true;
  }

  /** Sends each at most once. As many intents are stored at a time as calls may be under way: a crash leaves no more open. */
  async send(sends: readonly PreparedSend[], lasts: KnownLast): Promise<void> {
    const results = new ResultBatches<Result>((batch) => this.record(batch));
    const calls: Promise<void>[] = [];
    let failure: { readonly error: unknown } | undefined;
    try {
      const size = Math.ceil(this.sources.slots.count / HELD_PARTS);
      for await (const held of this.holding.ahead(sends, size)) {
        const left = await this.beginAll(held, lasts, results, calls);
        if (!this.isStopping) continue;
        await this.holding.giveBack(left);
        break;
      }
    } catch (error) {
      failure = { error };
    }
    const ended = await Promise.allSettled(calls);
    // Whatever happened to one of them: what the provider answered to the others is stored first.
    await results.end();
    const failed = ended.find((each) => each.status === 'rejected');
    if (failure !== undefined) throw failure.error;
    if (failed !== undefined) throw failed.reason;
  }

  /** Begins as many calls as there are slots, again and again, and puts them to `calls`; answers those that a stop has left. */
  private async beginAll(
    held: HeldSends,
    lasts: KnownLast,
    results: ResultBatches<Result>,
    calls: Promise<void>[],
  ): Promise<readonly PreparedSend[]> {
    const { slots } = this.sources;
    let rest = held;
    while (rest.sends.length > 0 && !this.isStopping) {
      const taken = await slots.take(rest.sends.length);
      let intended: readonly IntendedSend[] = [];
      try {
        rest = await this.holding.stillHeld(rest);
        intended = await this.intend(rest.sends.slice(0, taken), lasts);
      } finally {
        slots.giveBack(taken - intended.length);
      }
      const { leaseEndsAt } = rest;
      calls.push(...intended.map((send) => this.callAndGather(send, leaseEndsAt, results)));
      rest = { ...rest, sends: rest.sends.slice(taken) };
    }
    return rest.sends;
  }

  /** Gives its slot back once the provider has answered. */
  private async callAndGather(send: IntendedSend, leaseEndsAt: number, results: ResultBatches<Result>): Promise<void> {
    try {
      results.add({ send, outcome: await this.call(send, leaseEndsAt) });
    } finally {
      this.sources.slots.giveBack(1);
    }
  }

  private async intend(own: readonly PreparedSend[], lasts: KnownLast): Promise<readonly IntendedSend[]> {
    const { timers, writer, clock } = this.sources;
    const written = await writer.execute(this.intents(own, clock.now().toISOString()), lasts);
    const byId = new Map(written.map((each) => [each.communicationId, each]));
    const intended = own.flatMap((send): readonly IntendedSend[] => {
      const each = byId.get(send.claim.communicationId);
      const isRequested = each?.events.some(({ type }) => type === 'DispatchRequested') === true;
      if (!isRequested || each.state === null || each.last === undefined) return [];
      const { claim, call } = send;
      return [{ claim, call, state: each.state, attempt: each.state.facts.attempts, last: each.last }];
    });
    const isIntended = new Set(intended.map(({ claim }) => claim.communicationId));
    const others = written.filter(({ communicationId }) => !isIntended.has(communicationId)).flatMap(timerChangesOf);
    if (others.length > 0) await timers.write(others);
    return intended;
  }

  /** An id of an intent belongs to one claim only: whoever finds it in the log knows whose it is. */
  private intents(sends: readonly PreparedSend[], at: string): readonly CommandForCommunication[] {
    const { settleMs, attemptsMax } = this.sources.rules;
    return sends.map(({ claim: { communicationId, fence }, state, call }) => ({
      communicationId,
      command: {
        type: 'RequestDispatch',
        at,
        settleMs: Math.min(settleMs, call.provesAfterMs ?? settleMs),
        attemptsMax,
      },
      commandId: derivedId('dispatch', communicationId, this.workerId, fence),
      causation: derivedId('attempt', communicationId, state.facts.attempts + 1),
    }));
  }

  /** Nothing is called once the lease might end first, or while the channel is left alone: certainly not sent, then. */
  private async call({ claim, call, state, attempt }: IntendedSend, leaseEndsAt: number): Promise<SendOutcome> {
    const { capacity, watch } = this.sources;
    if (performance.now() + call.timeoutMs >= leaseEndsAt) return NOT_CALLED_LEASE;
    const pauseMs = capacity.waitOf(claim.channelId, call.timeoutMs);
    if (pauseMs > 0)
      return {
        outcome: 'delayed',
        code: 'rate_limited',
        scope: 'person',
        providerCode: 'not_called',
        retryAfterMs: pauseMs,
      };
    const outcome = await call.make(derivedId('dispatch', state.facts.id, attempt));
    const { workspace, channelId } = claim;
    const askedMs = watch.note({ workspace, channelId, channelType: state.facts.channelType }, outcome);
    capacity.heed(channelId, askedMs, watch.isLosing(channelId));
    return outcome;
  }

  /** One result that cannot be stored takes none of the others with it: it alone is lost, and its outcome unknown. */
  private async record(results: readonly Result[]): Promise<void> {
    if (await this.isStored(results, `batch of ${results.length} results`)) return;
    for (const { send, outcome } of results) {
      const id = send.claim.communicationId;
      if (!(await this.isStored([{ send, outcome }], id))) await this.isStored([{ send, outcome: NOT_STORED }], id);
    }
  }

  /** Reports what fails by itself. Throws `TransientError` when log or database stays away. */
  private async isStored(results: readonly Result[], id: string): Promise<boolean> {
    try {
      await this.store(results);
      return true;
    } catch (error) {
      if (error instanceof TransientError) throw error;
      this.sources.onFault(id, error);
      return false;
    }
  }

  private async store(results: readonly Result[]): Promise<void> {
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
