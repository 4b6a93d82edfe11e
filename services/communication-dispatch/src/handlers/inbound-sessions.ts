import type { KnownWorkspace } from '@poinciana/campaign-definition';
import { derivedId } from '@poinciana/event-sourcing';
import type { SessionFacts } from '../domain/session.js';
import { addressKeyOfMessage, type RoutedMessage } from './route-messages.js';
import type { CommandForSession } from './session-writer.js';
import { inboxCommandId } from './inbox-entries.js';

/**
 * A message that is nobody's reply opens, or goes on with, the inbound session of its channel and address (A16, A17): one
 * session, whoever the person is. Which participants it concerns, and that it fires, is decided where identities are known.
 */
export function inboundMessage(message: RoutedMessage, workspace: KnownWorkspace | undefined): CommandForSession {
  const { entry, notice } = message;
  const { channelId, receivedAt } = entry;
  const addressKey = addressKeyOfMessage(message);
  const sessionId = derivedId('inbound-session', channelId, addressKey);
  const causation = inboxCommandId(entry);
  return {
    sessionId,
    command: {
      type: 'ReceiveMessage',
      session: inboundSession(sessionId, channelId, workspace),
      address: notice.address,
      messageId: causation,
      providerMessageId: notice.providerMessageId,
      text: notice.text,
    },
    commandId: derivedId(causation, 'inbound'),
    causation,
    origin: { workspace: entry.workspace, key: addressKey, correlation: causation, hop: 0 },
    at: receivedAt,
  };
}

/** An inbound session is held by the channel's inbound agent, where there is one. */
export function inboundSession(id: string, channelId: string, workspace: KnownWorkspace | undefined): SessionFacts {
  const agents = Object.values(workspace?.agents ?? {});
  const agent = agents.find((each) => each.inbound && each.channelIds.includes(channelId));
  const channelType = workspace?.channels[channelId]?.type ?? '';
  return { id, channelId, channelType, agentId: agent?.id ?? '', direction: 'inbound' };
}
