import type { KnownWorkspace } from '@poinciana/campaign-definition';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import { declaredResults } from '../agents/declared-results.js';
import type { CallNotice, StatusNotice } from '../channels/channel-notice.js';
import { communicationOf, isEnded, type KnownCommunication } from '../domain/communication.js';
import type { CommunicationCommand } from '../domain/communication-commands.js';
import { sessionIdOf } from '../domain/communication-decider.js';
import type { InboxOutcome } from '../storage/inbox.js';
import type { Timers } from '../storage/timers.js';
import {
  mayMoveTimer,
  timerChangesOf,
  type CommandForCommunication,
  type CommunicationWriter,
} from './communication-writer.js';
import { inboxCommandId, type CallEntry, type ReadEntry, type StatusEntry } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';
import { sessionOf } from './on-communications.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export type Finished = { readonly number: number; readonly outcome: InboxOutcome };
type SignalEntry = StatusEntry | CallEntry;

/** A signal, and the communication that it is about. */
interface OwnSignal {
  readonly signal: SignalEntry;
  readonly state: KnownCommunication;
  readonly last: StoredEvent;
}

/** What providers tell of our own sends: statuses, and how calls go on. What was said in a call goes into the transcript first. */
export class TakeSignals<Transaction> {
  constructor(
    private readonly timers: Timers<Transaction>,
    private readonly writer: CommunicationWriter,
    private readonly sessions: SessionWriter,
    private readonly definitions: KnownDefinitions,
  ) {}

  async take(signals: readonly SignalEntry[]): Promise<readonly Finished[]> {
    if (signals.length === 0) return [];
    const idOf = await this.communicationsOf(signals);
    const { lasts, remembered } = await this.writer.recall([...new Set(idOf.values())]);
    const own = signals.flatMap((signal): readonly OwnSignal[] => {
      const last = lasts.get(idOf.get(signal.entry.number) ?? '');
      const state = communicationOf(last);
      const isOurs = last?.workspace === signal.entry.workspace && state?.facts.channelId === signal.entry.channelId;
      return last !== undefined && state !== null && isOurs ? [{ signal, state, last }] : [];
    });
    const workspaces = await this.definitions.workspaces(own.filter(isCall).map(({ last }) => last.workspace));
    const spoken = own.flatMap(spokenLines);
    if (spoken.length > 0) await this.sessions.execute(spoken);
    const written = await this.writer.execute(
      own.map((each) => commandOf(each, workspaces.get(each.last.workspace))),
      lasts,
      remembered,
    );
    const changes = written.filter(mayMoveTimer).flatMap(timerChangesOf);
    if (changes.length > 0) await this.timers.write(changes);
    const known = new Set(own.map(({ signal }) => signal.entry.number));
    return signals.map(({ entry: { number } }) => ({
      number,
      outcome: known.has(number) ? 'applied' : 'unknown_message',
    }));
  }

  /** Whose signal it is: by our id where the provider echoed it, else by the provider's id of the message. */
  private async communicationsOf(signals: readonly SignalEntry[]): Promise<ReadonlyMap<number, string>> {
    const found = new Map<number, string>();
    const byChannel = new Map<string, SignalEntry[]>();
    for (const signal of signals) {
      const { echo } = signal.notice;
      const { number, channelId } = signal.entry;
      if (echo !== undefined && UUID.test(echo)) found.set(number, echo);
      else byChannel.set(channelId, [...(byChannel.get(channelId) ?? []), signal]);
    }
    for (const [channelId, group] of byChannel) {
      const ids = group.map(({ notice }) => notice.providerMessageId);
      const open = await this.timers.openWithMessages(channelId, ids);
      const byMessage = new Map(open.map((timer) => [timer.providerMessageId, timer.communicationId]));
      for (const { entry, notice } of group) {
        const id = byMessage.get(notice.providerMessageId);
        if (id !== undefined) found.set(entry.number, id);
      }
    }
    return found;
  }
}

function isCall({ signal }: OwnSignal): boolean {
  return signal.notice.about === 'call';
}

function commandOf({ signal, state }: OwnSignal, workspace: KnownWorkspace | undefined): CommandForCommunication {
  const commandId = inboxCommandId(signal.entry);
  const { notice, entry } = signal;
  const command =
    notice.about === 'status'
      ? signalCommand(notice, entry.receivedAt)
      : callCommand(notice, entry.receivedAt, state, workspace);
  return { communicationId: state.facts.id, command, commandId, causation: commandId };
}

export function signalCommand(notice: StatusNotice, at: string): CommunicationCommand {
  const { status: signal, providerMessageId, address: providerAddress, code, providerCode } = notice;
  return { type: 'RecordSignal', signal, providerMessageId, providerAddress, code, providerCode, at };
}

/** Results are validated against what the agent declares (A71). */
export function callCommand(
  notice: CallNotice,
  at: string,
  { facts }: KnownCommunication,
  workspace: KnownWorkspace | undefined,
): CommunicationCommand {
  const { progress, providerMessageId, address: providerAddress, code, providerCode, answered } = notice;
  const agent = workspace?.agents[facts.agentId];
  const given = notice.results ?? {};
  const results = agent === undefined ? {} : declaredResults(agent, given, workspace?.timeZone ?? 'UTC').results;
  return {
    type: 'RecordCall',
    progress,
    providerMessageId,
    providerAddress,
    code,
    providerCode,
    answered,
    results,
    at,
  };
}

/** What was said in a call of ours; nothing where nobody would close its session: of an erased person, and where it ended unstarted. */
function spokenLines({ signal, state, last }: OwnSignal): readonly CommandForSession[] {
  const { notice, entry } = signal as ReadEntry<StatusNotice | CallNotice>;
  if (notice.about !== 'call' || notice.transcript === undefined) return [];
  if (state.personal === undefined || (isEnded(state) && state.facts.startedAt === undefined)) return [];
  const sessionId = state.facts.sessionId ?? sessionIdOf(state.facts.id);
  const session = sessionOf(state.facts, sessionId);
  const causation = inboxCommandId(entry);
  const { workspace, key } = last;
  const { providerMessageId } = notice;
  const address = notice.address ?? state.personal?.address ?? '';
  return notice.transcript.map(({ from, text }, index) => {
    const messageId = derivedId(causation, 'line', index);
    const message = { session, address, messageId, providerMessageId, text };
    return {
      sessionId,
      commandId: messageId,
      causation,
      origin: { workspace, key, correlation: causation, hop: 0 },
      at: entry.receivedAt,
      command: { type: from === 'agent' ? 'SendMessage' : 'ReceiveMessage', ...message },
    };
  });
}
