import type { FieldDefinition, FieldType } from './fields/field-definition.js';
import type { Flow } from './flow/flow.js';

export const CHANNEL_TYPES = ['whatsapp', 'telegram', 'email', 'voice', 'webhook'] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** A value that an agent declares to find out in a conversation. */
export interface ConversationResult {
  readonly name: string;
  readonly type: FieldType;
  readonly enumerationValues?: readonly string[];
}

export interface AgentDefinition {
  readonly id: string;
  readonly name: string;
  readonly channelIds: readonly string[];
  readonly results: readonly ConversationResult[];
}

/** A message that the provider approved; `variables` in the order of the placeholders of its body. */
export interface MessageTemplate {
  readonly name: string;
  readonly language: string;
  readonly body?: string;
  readonly variables: readonly string[];
}

export interface ChannelDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  readonly running: boolean;
  readonly templates?: readonly MessageTemplate[];
}

/** Another flow of the same campaign. */
export interface CampaignFlow {
  readonly flow: Flow;
  readonly active: boolean;
}

/** Everything outside of a flow that its nodes refer to. */
export interface CampaignContext {
  readonly fields: readonly FieldDefinition[];
  readonly agents: readonly AgentDefinition[];
  readonly channels: readonly ChannelDefinition[];
  /** The other flows of the campaign, in list order; the checked flow itself may be among them. */
  readonly flows: readonly CampaignFlow[];
  /** Whether Python expressions and custom actions can run here; absent: not yet. */
  readonly pythonAvailable?: boolean;
}
