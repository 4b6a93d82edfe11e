import { TransientError, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { AskOverdue } from './ask-overdue.js';
import { PROOF_WAIT_MS, type AwaitProof } from './await-proof.js';
import { dueAction, timerCommandId, type DueAction } from './due-actions.js';
import { campaignStateOf, type FoldedCampaign, type KnownDefinitions } from './known-definitions.js';
import {
  timerChangesOf,
  type CommandForCommunication,
  type CommunicationWriter,
  type KnownLast,
} from './communication-writer.js';
import type { DoubtfulSend, LookUpProof, Verdict } from './look-up-proof.js';
import type { PrepareSends } from './prepare-sends.js';
import type { SendMessages } from './send-messages.js';
import { timerChangeOf, type TimerChange } from '../storage/open-communication.js';
import type { ClaimedTimer, Timers } from '../storage/timers.js';
import { withRules } from './unknown-outcomes.js';
import type { UnwantedSends } from './unwanted-sends.js';
import type { ChannelCapacity } from '../limits/channel-capacity.js';

/** Long enough to decide; whoever sends renews it. What a process that died had claimed is free again so soon. */
const CLAIM_LEASE_MS = 5_000;
/** How long a claim that failed for no reason of the outside is left alone. */
const FAULTY_WAIT_MS = 60_000;
/** How long a claim of a campaign that does not run is left alone if nobody says otherwise. */
const HELD_WAIT_MS = 1_000;
/** How long a provider that did not say what became of a send is left alone. */
const LOOK_UP_WAIT_MS = 3_000;
/** Above every revision: the row goes, whatever it says. */
const FORGET_REVISION = 2_147_483_647;

export interface DueSources<Transaction> {
  readonly clock: Clock;
  readonly timers: Timers<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly writer: CommunicationWriter;
  readonly preparation: PrepareSends<Transaction>;
  readonly sender: SendMessages<Transaction>;
  readonly capacity: ChannelCapacity;
  readonly proof: AwaitProof;
  readonly lookUp: LookUpProof;
  readonly overdue: AskOverdue;
  readonly unwanted: UnwantedSends<Transaction>;
  /** Timers of one claim, at most CLAIM_MAX. */
  readonly claimMax: number;
  /** A batch or a claim of it that fails by itself, which is a bug: the claim waits, the others go on. */
  readonly onFault: (id: string, error: unknown) => void;
}

/** A claim with what is to be done about it. */
export interface DueClaim {
  readonly claim: ClaimedTimer;
  readonly todo: DueAction;
}

/** Works off what is due, a batch at a time: ends, skips, and sends. */
export class WorkOffDue<Transaction> {
  constructor(private readonly sources: DueSources<Transaction>) {}

  /** Finishes what is under way and begins no further send. */
  stop(): void {
    this.sources.sender.stop();
  }

  /**
   * Claims and works off one batch; answers how many were claimed, and calls `claimed` as soon as they are. Throws `TransientError`
   * while log or database is away.
   */
  async pass(claimed: () => void = () => undefined): Promise<number> {
    const { timers, clock, capacity, claimMax: limit } = this.sources;
    const now = clock.now().toISOString();
    const claims = await timers.claim({ now, limit, leaseMs: CLAIM_LEASE_MS, busyChannels: capacity.busyChannels() });
    if (claims.length === 0) return 0;
    claimed();
    try {
      await this.handle(claims, now);
    } catch (error) {
      if (error instanceof TransientError) throw error;
      this.sources.onFault(`batch of ${claims.length} claims`, error);
      await this.handleOneByOne(claims, now);
    }
    return claims.length;
  }

  /** Finds the claim that is to blame. What the others did already stands in the log and is not done again. */
  private async handleOneByOne(claims: readonly ClaimedTimer[], now: string): Promise<void> {
    for (const claim of claims) {
      try {
        await this.handle([claim], now);
      } catch (error) {
        if (error instanceof TransientError) throw error;
        const { communicationId, fence } = claim;
        this.sources.onFault(communicationId, error);
        await this.sources.timers.release([{ communicationId, fence, waitMs: FAULTY_WAIT_MS }]);
      }
    }
  }

  private async handle(claims: readonly ClaimedTimer[], now: string): Promise<void> {
    const { definitions, writer } = this.sources;
    const campaigns = await definitions.campaigns(claims.map(({ campaignId }) => campaignId));
    const actionOf = (claim: ClaimedTimer, last: StoredEvent | undefined): DueAction =>
      dueAction(last, campaigns.get(claim.campaignId), now);
    const lasts = await this.lastOf(claims, actionOf);
    const found = claims.map((claim) => ({ claim, todo: actionOf(claim, lasts.get(claim.communicationId)) }));
    await this.hold(found, campaigns);
    const proved = await this.withoutOpenProof(found, now);
    const verdicts = await this.lookUp(proved, now);
    const settled = proved.filter(({ claim }) => verdicts.get(claim.communicationId) !== 'later');
    const due = await withRules(await this.sources.unwanted.ended(settled, now), definitions);
    const decided = await writer.execute(commandsOf(due, lasts, verdicts), lasts);
    await this.writeTimers([
      ...decided.flatMap(timerChangesOf),
      ...due.flatMap(({ claim, todo }) => refreshed(claim, todo, lasts)),
    ]);
    const sends = due.flatMap(({ claim, todo }) => (todo.action === 'send' ? [{ claim, state: todo.state }] : []));
    const prepared = await this.sources.preparation.prepare(sends, now);
    if (prepared.length > 0) await this.sources.sender.send(prepared, lasts);
    // Behind the sends: a runtime that does not answer keeps nobody waiting.
    const asked = found.flatMap(({ claim, todo }) => (todo.action === 'ask' ? [{ claim, state: todo.state }] : []));
    await this.sources.timers.release(await this.sources.overdue.ask(asked, now));
  }

  /** What is to be sent may be as this process remembers it: its intent is only stored if nobody has gone on. All else is read. */
  private async lastOf(
    claims: readonly ClaimedTimer[],
    actionOf: (claim: ClaimedTimer, last: StoredEvent | undefined) => DueAction,
  ): Promise<KnownLast> {
    const { writer } = this.sources;
    const { lasts, remembered } = await writer.recall(claims.map(({ communicationId }) => communicationId));
    const others = claims.filter(
      (claim) =>
        remembered.has(claim.communicationId) && actionOf(claim, lasts.get(claim.communicationId)).action !== 'send',
    );
    return new Map([...lasts, ...(await writer.readLast(others.map(({ communicationId }) => communicationId)))]);
  }

  /** Outcomes that may still be proved wait for a moment. */
  private async withoutOpenProof(due: readonly DueClaim[], now: string): Promise<readonly DueClaim[]> {
    const doubtful = due.flatMap(doubtfulOf);
    const open = await this.sources.proof.stillOpen(doubtful, now);
    const waiting = doubtful.filter(({ claim }) => open.has(claim.communicationId));
    await this.sources.timers.release(
      waiting.map(({ claim: { communicationId, fence } }) => ({ communicationId, fence, waitMs: PROOF_WAIT_MS })),
    );
    return due.filter(({ claim }) => !open.has(claim.communicationId));
  }

  /** Asks the providers of unknown outcomes that can be asked; who does not answer is asked again later. */
  private async lookUp(due: readonly DueClaim[], now: string): Promise<ReadonlyMap<string, Verdict>> {
    const doubtful = due.flatMap(doubtfulOf);
    const verdicts = await this.sources.lookUp.verdicts(doubtful, now, this.sources.proof);
    const later = doubtful.filter(({ claim }) => verdicts.get(claim.communicationId) === 'later');
    await this.sources.timers.release(
      later.map(({ claim: { communicationId, fence } }) => ({ communicationId, fence, waitMs: LOOK_UP_WAIT_MS })),
    );
    return verdicts;
  }

  /** What a stopped campaign keeps: its rows wait, and the table learns that it is stopped. */
  private async hold(due: readonly DueClaim[], campaigns: ReadonlyMap<string, FoldedCampaign>): Promise<void> {
    const held = due.filter(({ todo }) => todo.action === 'hold');
    if (held.length === 0) return;
    const states = new Map(held.map(({ claim }) => [claim.campaignId, claim.workspace]));
    await this.sources.timers.writeCampaigns(
      [...states].flatMap(([id, workspace]) => {
        const campaign = campaigns.get(id);
        return campaign === undefined ? [] : [campaignStateOf(id, workspace, campaign)];
      }),
    );
    await this.sources.timers.release(
      held.map(({ claim: { communicationId, fence } }) => ({ communicationId, fence, waitMs: HELD_WAIT_MS })),
    );
  }

  private async writeTimers(changes: readonly TimerChange[]): Promise<void> {
    if (changes.length > 0) await this.sources.timers.write(changes);
  }
}

function doubtfulOf({ claim, todo }: DueClaim): readonly DoubtfulSend[] {
  return todo.action === 'decide' && todo.command.type === 'SettleUnknown' ? [{ claim, state: todo.state }] : [];
}

function commandsOf(
  due: readonly DueClaim[],
  lasts: KnownLast,
  verdicts: ReadonlyMap<string, Verdict>,
): readonly CommandForCommunication[] {
  return due.flatMap(({ claim, todo }) => {
    const last = lasts.get(claim.communicationId);
    if (todo.action !== 'decide' || last === undefined) return [];
    const verdict = verdicts.get(claim.communicationId);
    const commands = verdict === undefined || verdict === 'later' ? [todo.command] : verdict.commands;
    return commands.map((command, index) => ({
      communicationId: claim.communicationId,
      command,
      commandId: timerCommandId(claim, command, last.revision + index),
      causation: last.id,
    }));
  });
}

function refreshed({ communicationId }: ClaimedTimer, todo: DueAction, lasts: KnownLast): readonly TimerChange[] {
  if (todo.action === 'forget') return [{ communicationId, revision: FORGET_REVISION, open: undefined }];
  const last = lasts.get(communicationId);
  return todo.action === 'refresh' && last !== undefined
    ? [timerChangeOf(last.workspace, todo.state, last.revision)]
    : [];
}
