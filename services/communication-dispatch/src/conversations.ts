import type { DispatchParts } from './dispatch.js';
import { AskAgents } from './handlers/ask-agents.js';
import type { CommunicationWriter } from './handlers/communication-writer.js';
import { TakeTurns } from './handlers/conversation-turns.js';
import type { FindChannel } from './handlers/find-channel.js';
import { HearAgents } from './handlers/hear-agents.js';
import { TakeInbound } from './handlers/inbound-sessions.js';
import type { KnownDefinitions } from './handlers/known-definitions.js';
import type { SessionWaits } from './handlers/on-sessions.js';
import { ReadSession } from './handlers/read-session.js';
import { RouteMessages } from './handlers/route-messages.js';
import { SayInSession } from './handlers/say-in-session.js';
import { SendSessionMessages } from './handlers/send-session-messages.js';
import type { SessionWriter } from './handlers/session-writer.js';
import type { Slots } from './handlers/slots.js';
import { TakeAgentTurn } from './handlers/take-agent-turn.js';
import { TakeCallers } from './handlers/take-callers.js';
import { TakeReplies } from './handlers/take-replies.js';
import { TakeSignals } from './handlers/take-signals.js';
import { TryChannel } from './handlers/try-channel.js';
import { WorkOffInbox } from './handlers/work-off-inbox.js';
import { WorkOffSessions } from './handlers/work-off-sessions.js';

/** What conversations share with the rest of the service. */
export interface ConversationParts {
  readonly definitions: KnownDefinitions;
  readonly writer: CommunicationWriter;
  readonly sessions: SessionWriter;
  readonly slots: Slots;
  readonly find: FindChannel;
  readonly waits: SessionWaits;
}

/** The handlers of what people, agents and users say. */
export interface Conversations<Transaction> {
  readonly inboxWork: WorkOffInbox<Transaction>;
  readonly sessionWork: WorkOffSessions<Transaction>;
  readonly history: ReadSession;
  readonly saying: SayInSession;
  readonly trials: TryChannel;
  readonly asking: AskAgents<Transaction>;
  readonly hearing: HearAgents<Transaction>;
}

export function conversationsOf<Transaction>(
  parts: DispatchParts<Transaction>,
  { definitions, writer, sessions, slots, find, waits }: ConversationParts,
): Conversations<Transaction> {
  const { store, clock, timers, inbox, numbers, channels, limits, report } = parts;
  const history = new ReadSession(sessions);
  const messages = new SendSessionMessages({ clock, definitions, channels, sessions, slots, limits });
  const routes = new RouteMessages({ clock, inbox, numbers, timers, writer });
  const turns = new TakeTurns(parts.agents, definitions);
  const inbound = new TakeInbound({ sessions, numbers, definitions, turns });
  const replies = new TakeReplies({ store, timers, writer, sessions, routes, turns, inbound, messages });
  const onFault = (id: string, error: unknown): void => report({ what: 'inbox entry', id, error });
  const signals = new TakeSignals(timers, writer, sessions, definitions);
  const callers = new TakeCallers(sessions, definitions);
  const agentTurns = new TakeAgentTurn({ clock, definitions, sessions, messages, writer, timers });
  const agents = { definitions, history, sessions, agent: parts.outside, turns: agentTurns };
  return {
    inboxWork: new WorkOffInbox({ inbox, signals, replies, callers, onFault }),
    sessionWork: new WorkOffSessions({ clock, timers: parts.sessionTimers, sessions, definitions, messages, waits }),
    history,
    saying: new SayInSession({ clock, sessions, history, messages, writer }),
    trials: new TryChannel({ clock, channels: find, sessions, history, messages }),
    asking: new AskAgents({ ...agents, store, clock, questions: parts.questions, report }),
    hearing: new HearAgents(agents),
  };
}
