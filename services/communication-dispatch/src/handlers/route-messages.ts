import type { Clock } from '@poinciana/service-kit';
import { isInProgress, communicationOf, durationEnd } from '../domain/communication.js';
import type { InboundNumbers } from '../storage/inbound-numbers.js';
import type { Inbox, Route } from '../storage/inbox.js';
import { addressKeyOf } from '../storage/open-communication.js';
import type { OpenTimer, Timers } from '../storage/timers.js';
import type { CommunicationWriter } from './communication-writer.js';
import type { MessageEntry } from './inbox-entries.js';

/** How long a message waits for the outcome of a send to the same person, and how often. */
const SEND_WAIT_MS = 250;
const WAITS_MAX = 2_400;

/** A message and whose it is. */
export interface RoutedMessage extends MessageEntry {
  readonly route: Route;
}

export interface RouteSources<Transaction> {
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly numbers: InboundNumbers;
  readonly timers: Timers<Transaction>;
  readonly writer: CommunicationWriter;
}

/**
 * Decides whose reply a message is: on its channel, of the open communications with that address the one Started last
 * (A16). The decision is stored before anything follows from it, so that a repetition decides the same.
 */
export class RouteMessages<Transaction> {
  constructor(private readonly sources: RouteSources<Transaction>) {}

  /** The messages with their routes; those that wait for a send to the same address are given back and missing here. */
  async route(messages: readonly MessageEntry[]): Promise<readonly RoutedMessage[]> {
    const unrouted = messages.filter(({ entry }) => entry.route === undefined);
    const fresh = unrouted.length === 0 ? new Map<number, Route>() : await this.decide(unrouted);
    const routed = messages.flatMap((message): readonly RoutedMessage[] => {
      const route = message.entry.route ?? fresh.get(message.entry.number);
      return route === undefined ? [] : [{ ...message, route }];
    });
    return routed;
  }

  private async decide(messages: readonly MessageEntry[]): Promise<ReadonlyMap<number, Route>> {
    const { inbox, numbers, timers, writer } = this.sources;
    const keys = messages.map((message) => addressKeyOfMessage(message));
    const open = await timers.openAtAddresses([...new Set(keys)]);
    const lasts = await writer.readLast(open.map(({ communicationId }) => communicationId));
    const newest = await numbers.of([...new Set(keys)]);
    const routes = new Map<number, Route | undefined>();
    for (const message of messages) {
      const own = open.filter(
        (timer) => timer.addressKey === addressKeyOfMessage(message) && timer.workspace === message.entry.workspace,
      );
      const isUnderWay = own.some(mayBeUnderWay) && message.entry.fence <= WAITS_MAX;
      routes.set(
        message.entry.number,
        isUnderWay ? undefined : (replyRoute(message, own, lasts) ?? inbound(message, newest)),
      );
    }
    const waiting = messages.filter(({ entry }) => routes.get(entry.number) === undefined).map(({ entry }) => entry);
    if (waiting.length > 0) await inbox.postpone(waiting, SEND_WAIT_MS);
    const decided = [...routes].flatMap(([number, route]) => (route === undefined ? [] : [{ number, route }]));
    const standing = decided.length === 0 ? [] : await inbox.route(decided);
    return new Map(standing.map(({ number, route }) => [number, route]));
  }
}

export function addressKeyOfMessage({ entry, notice }: MessageEntry): string {
  return addressKeyOf(entry.channelId, notice.address);
}

/** A send to this person whose outcome is not stored yet: the message may be the answer to it. */
function mayBeUnderWay({ timer, isClaimed, startedAt }: OpenTimer): boolean {
  return startedAt === undefined && (timer.kind === 'reconcile' || (isClaimed && timer.kind !== 'window_missed'));
}

function inbound(message: MessageEntry, newest: ReadonlyMap<string, number>): Route {
  return { to: 'inbound', number: newest.get(addressKeyOfMessage(message)) ?? 0 };
}

function replyRoute(
  { entry }: MessageEntry,
  open: readonly OpenTimer[],
  lasts: Awaited<ReturnType<CommunicationWriter['readLast']>>,
): Route | undefined {
  const candidates = open.flatMap(({ communicationId }) => {
    const state = communicationOf(lasts.get(communicationId));
    if (state === null || !isInProgress(state) || entry.receivedAt >= (durationEnd(state) ?? '')) return [];
    return [{ communicationId, startedAt: state.facts.startedAt ?? '' }];
  });
  const [latest] = candidates.sort((one, other) =>
    one.startedAt === other.startedAt
      ? one.communicationId < other.communicationId
        ? 1
        : -1
      : one.startedAt < other.startedAt
        ? 1
        : -1,
  );
  return latest && { to: 'communication', communicationId: latest.communicationId };
}
