import { cancelCommunications } from './cancel-communications/index.js';
import { communicationEnded } from './communication-ended/index.js';
import { communicationUpdated } from './communication-updated/index.js';
import { emailCommunication } from './email-communication/index.js';
import { fieldCheck } from './field-check/index.js';
import { fromAnotherFlow } from './from-another-flow/index.js';
import { incomingSession } from './incoming-session/index.js';
import type { NodeType } from './node-type.js';
import type { VariableValues } from './outbound/message-text.js';
import type { OutboundMessage } from './outbound/outbound-message.js';
import { participantCreated } from './participant-created/index.js';
import { participantUpdated } from './participant-updated/index.js';
import { pythonCustomAction } from './python-custom-action/index.js';
import { telegramCommunication } from './telegram-communication/index.js';
import { toAnotherFlow } from './to-another-flow/index.js';
import { updateField } from './update-field/index.js';
import { voiceCommunication } from './voice-communication/index.js';
import { whatsAppCommunication } from './whatsapp-communication/index.js';

/** A node type whose settings only its own folder knows. */
export interface AnyNodeType extends Omit<NodeType<object>, 'check' | 'summary' | 'message'> {
  check(settings: object, check: Parameters<NodeType<object>['check']>[1]): void;
  summary(settings: object, context: Parameters<NodeType<object>['summary']>[1]): string;
  message?(settings: object, values: VariableValues): OutboundMessage | undefined;
}

/** Every node type, in the order of the palette. A new one is a folder and a line here. */
export const NODE_TYPES: readonly AnyNodeType[] = [
  participantCreated,
  participantUpdated,
  communicationEnded,
  communicationUpdated,
  incomingSession,
  fromAnotherFlow,
  fieldCheck,
  whatsAppCommunication,
  telegramCommunication,
  emailCommunication,
  voiceCommunication,
  cancelCommunications,
  updateField,
  toAnotherFlow,
  pythonCustomAction,
];

const byName = new Map(NODE_TYPES.map((type) => [type.type, type]));

/** The node type of that name. */
export function nodeType(name: string): AnyNodeType | undefined {
  return byName.get(name);
}
