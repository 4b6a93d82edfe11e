import { derivedId } from '@poinciana/event-sourcing';
import { declaredResults } from '../agents/declared-results.js';
import { addressKeyOf } from '../storage/open-communication.js';
import { inboundSession } from './inbound-sessions.js';
import { inboxCommandId, type CallerEntry } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';
import type { Finished } from './take-signals.js';

/** How a call that just began reads in a transcript. */
const CALL_BEGAN = '[call]';

/** People who call: each call is an inbound session of its own (A17), with what was said and what it brought. */
export class TakeCallers {
  constructor(
    private readonly sessions: SessionWriter,
    private readonly definitions: KnownDefinitions,
  ) {}

  async take(callers: readonly CallerEntry[]): Promise<readonly Finished[]> {
    if (callers.length === 0) return [];
    const workspaces = await this.definitions.workspaces(callers.map(({ entry }) => entry.workspace));
    const commands = callers.flatMap(({ entry, notice }): readonly CommandForSession[] => {
      const { channelId, workspace, receivedAt: at } = entry;
      const { providerMessageId, address, phase, transcript = [], results = {} } = notice;
      const known = workspaces.get(workspace);
      const sessionId = derivedId('call-session', channelId, providerMessageId);
      const session = inboundSession(sessionId, channelId, known);
      const causation = inboxCommandId(entry);
      const origin = { workspace, key: addressKeyOf(channelId, address), correlation: causation, hop: 0 };
      const base = { sessionId, causation, origin, at };
      const messageId = derivedId(sessionId, 'began');
      const message = { session, address, messageId, providerMessageId, text: CALL_BEGAN };
      const began: CommandForSession = {
        ...base,
        commandId: messageId,
        command: { type: 'ReceiveMessage', ...message },
      };
      if (phase === 'began') return [began];
      const said = transcript.map(({ from, text }, index): CommandForSession => {
        const lineId = derivedId(causation, 'line', index);
        const line = { session, address, messageId: lineId, providerMessageId, text };
        const type = from === 'agent' ? 'SendMessage' : 'ReceiveMessage';
        return { ...base, commandId: lineId, command: { type, ...line } };
      });
      const agent = known?.agents[session.agentId];
      const declared = agent === undefined ? {} : declaredResults(agent, results, known?.timeZone ?? 'UTC').results;
      const close = { type: 'CloseSession', session, address, reason: 'agent', results: declared } as const;
      return [began, ...said, { ...base, commandId: derivedId(causation, 'close'), command: close }];
    });
    await this.sessions.execute(commands);
    return callers.map(({ entry }) => ({ number: entry.number, outcome: 'applied' }));
  }
}
