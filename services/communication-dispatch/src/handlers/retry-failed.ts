import { derivedId, streamName, type EventStore, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { communicationOf, type KnownCommunication } from '../domain/communication.js';
import type { PlanCommunication } from '../domain/communication-commands.js';
import { plannedAgain } from '../domain/planned-again.js';
import type { FailedCommunication, FailedCommunications } from '../storage/failed-communications.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommandForCommunication, type CommunicationWriter } from './communication-writer.js';

/** Communications that one request tries again, at most. */
export const RETRIES_MAX = 1_000;
/** Pages of failed communications that one request looks at, at most. */
const PAGES_MAX = 10;
const REACHED_SIGNALS = ['accepted', 'delivered', 'read'] as const;

/** Failures after which another attempt may reach the person; the others are tried again only when they are named. */
export const RETRIED_CODES: readonly string[] = [
  'recipient_unreachable',
  'message_refused',
  'template_refused',
  'mailbox_full',
  'policy_refused',
  'channel_refused',
  'channel_stopped',
  'attempts_used_up',
  'delivery_expired',
  'agent_failed',
  'call_failed',
];

export interface RetryRequest {
  readonly workspace: string;
  readonly campaignId: string;
  readonly codes: readonly string[];
  readonly subject: string;
  readonly causation: string;
}

/** What one request did. */
export interface RetryReport {
  readonly planned: number;
  /** Not planned: the participant is gone, was reached after all, has no time left, or another communication of that name is in progress. */
  readonly passedOver: number;
  /** Still failed, with one of the codes, and not looked at. */
  readonly left: number;
}

export interface RetrySources<Transaction> {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly writer: CommunicationWriter;
  readonly timers: Timers<Transaction>;
  readonly failed: FailedCommunications<Transaction>;
}

/** What becomes of failed communications. */
interface SortedOut {
  readonly commands: readonly CommandForCommunication[];
  /** Another one of that name is in progress ([W]11): they may be tried again when it has ended. */
  readonly inProgress: ReadonlySet<string>;
}

/**
 * Tries failed communications again: each gets a new communication, whose id follows from its own, so that it happens once
 * however often it is asked for. The failed one keeps its final status.
 */
export class RetryFailed<Transaction> {
  constructor(private readonly sources: RetrySources<Transaction>) {}

  /** How many would be tried again, by code. */
  preview(workspace: string, campaignId: string): Promise<ReadonlyMap<string, number>> {
    return this.sources.failed.countsOf(workspace, campaignId);
  }

  /** Plans up to `RETRIES_MAX` at once; the same request goes on with the rest. */
  async retry(request: RetryRequest): Promise<RetryReport> {
    const { workspace, campaignId, codes } = request;
    const { failed } = this.sources;
    let [planned, passedOver, inProgress] = [0, 0, 0];
    let after: string | undefined;
    for (let number = 1; number <= PAGES_MAX && planned < RETRIES_MAX; number += 1) {
      const page = await failed.page({ workspace, campaignId, codes, after, limit: RETRIES_MAX - planned });
      if (page.length === 0) break;
      after = page.at(-1)?.communicationId;
      const sorted = await this.plan(page, request);
      planned += sorted.commands.length;
      passedOver += page.length - sorted.commands.length;
      inProgress += sorted.inProgress.size;
    }
    const counts = await failed.countsOf(workspace, campaignId);
    const stillFailed = codes.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0);
    return { planned, passedOver, left: Math.max(0, stillFailed - inProgress) };
  }

  private async plan(page: readonly FailedCommunication[], request: RetryRequest): Promise<SortedOut> {
    const { writer, timers, failed } = this.sources;
    const ids = page.map(({ communicationId }) => communicationId);
    const lasts = [...(await writer.readLast(ids)).values()];
    const own = lasts.filter((last): last is StoredEvent => last?.workspace === request.workspace);
    const sorted = await this.sortedOut(own, request);
    const written = await writer.execute(sorted.commands);
    const changes = written.flatMap(timerChangesOf);
    if (changes.length > 0) await timers.write(changes);
    await failed.remove(ids.filter((id) => !sorted.inProgress.has(id)));
    return sorted;
  }

  /** The participant is there, in the same life, with values; and nothing of that name is in progress ([W]11). */
  private async sortedOut(lasts: readonly StoredEvent[], request: RetryRequest): Promise<SortedOut> {
    const at = this.sources.clock.now().toISOString();
    const states = new Map(lasts.flatMap((last) => entryOf(last)));
    const participantIds = [...new Set([...states.values()].map(({ facts }) => facts.participantId))];
    const [lives, open] = [await this.livesOf(participantIds), await this.openNames(participantIds)];
    const names = new Set<string>();
    const inProgress = new Set<string>();
    const commands: CommandForCommunication[] = [];
    for (const [last, state] of states) {
      const { facts, personal } = state;
      if (personal === undefined || lives.get(facts.participantId) !== facts.life || wasReached(state)) continue;
      const [name = ''] = nameOf(state);
      const command = plannedAgain(state, personal, retryIdOf(facts.id), at);
      if (open.has(name)) inProgress.add(facts.id);
      else if (command !== undefined && !names.has(name)) {
        names.add(name);
        commands.push(retryOf(last, command, request));
      }
    }
    return { commands, inProgress };
  }

  private async livesOf(participantIds: readonly string[]): Promise<ReadonlyMap<string, number | undefined>> {
    const lasts = await this.sources.store.readLast(participantIds.map((id) => streamName('participant', id)));
    return new Map(lasts.map((last, index) => [participantIds[index] ?? '', lifeOf(last)]));
  }

  private async openNames(participantIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { timers, writer } = this.sources;
    const open = await timers.openOfParticipants(participantIds);
    const lasts = await writer.readLast(open.map(({ communicationId }) => communicationId));
    return new Set([...lasts.values()].flatMap((last) => nameOf(communicationOf(last))));
  }
}

/** Of an outcome that stayed unknown until it was over, the provider said later that it reached her. */
function wasReached({ facts: { code, signals = {} } }: KnownCommunication): boolean {
  return code === 'outcome_unknown' && REACHED_SIGNALS.some((signal) => Object.hasOwn(signals, signal));
}

/** The communication that tries another again. */
export function retryIdOf(communicationId: string): string {
  return derivedId('retry', communicationId);
}

function entryOf(last: StoredEvent): readonly (readonly [StoredEvent, KnownCommunication])[] {
  const state = communicationOf(last);
  return state?.facts.status === 'Failed' ? [[last, state]] : [];
}

function nameOf(state: ReturnType<typeof communicationOf>): readonly string[] {
  return state === null ? [] : [`${state.facts.participantId} ${state.facts.name}`];
}

/** Of a participant that is there; `undefined` for one that was deleted. */
function lifeOf(last: StoredEvent | undefined): number | undefined {
  if (last === undefined || last.type === 'ParticipantDeleted') return undefined;
  return (last.data as { readonly participant: { readonly life: number } }).participant.life;
}

function retryOf(
  { id: causation, workspace, key, hop }: StoredEvent,
  command: PlanCommunication,
  { subject, causation: correlation }: RetryRequest,
): CommandForCommunication {
  const communicationId = command.facts.id;
  return {
    communicationId,
    command,
    commandId: derivedId('retry', communicationId),
    causation,
    origin: { workspace, key, correlation, hop },
    actor: `user:${subject}`,
  };
}
