import { cancelCommunications } from './cancel-communications/index.js';
import { communicationEnded } from './communication-ended/index.js';
import { communicationUpdated } from './communication-updated/index.js';
import { emailCommunication } from './email-communication/index.js';
import { fieldCheck } from './field-check/index.js';
import { fromAnotherFlow } from './from-another-flow/index.js';
import { incomingSession } from './incoming-session/index.js';
import type { NodeExecution } from './node-execution.js';
import { participantCreated } from './participant-created/index.js';
import { participantUpdated } from './participant-updated/index.js';
import { pythonCustomAction } from './python-custom-action/index.js';
import { telegramCommunication } from './telegram-communication/index.js';
import { toAnotherFlow } from './to-another-flow/index.js';
import { updateField } from './update-field/index.js';
import { voiceCommunication } from './voice-communication/index.js';
import { whatsAppCommunication } from './whatsapp-communication/index.js';

/** What a node type does, whatever its settings are. */
export interface AnyNodeExecution extends Omit<NodeExecution<object>, 'compile' | 'explain'> {
  compile(...given: Parameters<NodeExecution<object>['compile']>): ReturnType<NodeExecution<object>['compile']>;
  explain(...given: Parameters<NodeExecution<object>['explain']>): ReturnType<NodeExecution<object>['explain']>;
}

/** Every node type that the engine can execute. A new one is a folder and a line here. */
export const NODE_EXECUTIONS: readonly AnyNodeExecution[] = [
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

const byName = new Map(NODE_EXECUTIONS.map((execution) => [execution.type, execution]));

export function nodeExecution(type: string): AnyNodeExecution | undefined {
  return byName.get(type);
}
