import type { FlowNode } from '../flow/flow.js';
import type { VariableValues } from './outbound/message-text.js';
import type { OutboundMessage } from './outbound/outbound-message.js';
import { nodeType } from './registry.js';

/**
 * What a communication node sends, given the values of its variables as a plan holds them. The texts come from the flow
 * version that the run took, so that no event repeats them. Undefined for other nodes and for settings that are not
 * complete; never throws.
 */
export function outboundMessageOf(node: FlowNode, values: VariableValues): OutboundMessage | undefined {
  const type = nodeType(node.type);
  return type?.message?.(type.readSettings(node.settings).draft, values);
}
