import { derivedId, streamName, type EventStore, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { communicationOf, type KnownCommunication } from '../domain/communication.js';
import { plannedAgain } from '../domain/planned-again.js';
import type { FailedCommunications } from '../storage/failed-communications.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommandForCommunication, type CommunicationWriter } from './communication-writer.js';

/** Communications that one request tries again, at most. */
export const RETRIES_MAX = 1_000;

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
  /** Not planned: the participant is gone, or another communication of that name is in progress. */
  readonly passedOver: number;
  /** Still failed, with one of the codes. */
  readonly left: number;
}

export interface RetrySources<Transaction> {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly writer: CommunicationWriter;
  readonly timers: Timers<Transaction>;
  readonly failed: FailedCommunications<Transaction>;
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
  async retry({ workspace, campaignId, codes, subject, causation }: RetryRequest): Promise<RetryReport> {
    const { writer, timers, failed, clock } = this.sources;
    const page = await failed.page({ workspace, campaignId, codes, after: undefined, limit: RETRIES_MAX });
    const at = clock.now().toISOString();
    const lasts = [...(await writer.readLast(page.map(({ communicationId }) => communicationId))).values()];
    const own = lasts.filter((last): last is StoredEvent => last?.workspace === workspace);
    const ready = await this.stillWanted(own);
    const commands = ready.map((last) => retryOf(last, at, causation, `user:${subject}`));
    const written = await writer.execute(commands);
    const changes = written.flatMap(timerChangesOf);
    if (changes.length > 0) await timers.write(changes);
    await failed.remove(page.map(({ communicationId }) => communicationId));
    const counts = await failed.countsOf(workspace, campaignId);
    const left = codes.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0);
    return { planned: ready.length, passedOver: page.length - ready.length, left };
  }

  /** The participant is there, in the same life, with values; and nothing of that name is in progress ([W]11). */
  private async stillWanted(lasts: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    const { store, timers, writer } = this.sources;
    const states = new Map(lasts.flatMap((last) => entryOf(last)));
    const participantIds = [...new Set([...states.values()].map(({ facts }) => facts.participantId))];
    const participants = await store.readLast(participantIds.map((id) => streamName('participant', id)));
    const lives = new Map(participants.map((last, index) => [participantIds[index] ?? '', lifeOf(last)]));
    const open = await timers.openOfParticipants(participantIds);
    const openLasts = await writer.readLast(open.map(({ communicationId }) => communicationId));
    const taken = new Set([...openLasts.values()].flatMap((last) => nameOf(communicationOf(last))));
    return lasts.filter((last) => {
      const state = states.get(last);
      if (state?.personal === undefined || lives.get(state.facts.participantId) !== state.facts.life) return false;
      const [name = ''] = nameOf(state);
      if (taken.has(name)) return false;
      taken.add(name);
      return true;
    });
  }
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

function retryOf(last: StoredEvent, at: string, causation: string, actor: string): CommandForCommunication {
  const state = communicationOf(last);
  if (state?.personal === undefined) throw new Error('Only what has its values is tried again');
  const communicationId = retryIdOf(state.facts.id);
  const { workspace, key, hop } = last;
  return {
    communicationId,
    command: plannedAgain(state, state.personal, communicationId, at),
    commandId: derivedId('retry', communicationId),
    causation: last.id,
    origin: { workspace, key, correlation: causation, hop },
    actor,
  };
}
