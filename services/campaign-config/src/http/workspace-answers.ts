import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { workspace as contract } from '@poinciana/contracts';
import { etagOf } from '../domain/seen-state.js';
import type { Workspace } from '../domain/workspace.js';
import { settingsOf } from '../domain/workspace-settings.js';

const ETAG = { description: 'Names the state that was read, for if-match.' };

/** An agent without its signing key: only whether one is set. */
export class AgentAnswer implements Omit<contract.Agent, 'encryptedSigningKey'> {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ enum: ['scripted', 'webhook'] })
  readonly runtime!: string;
  @ApiProperty({ type: [String] })
  readonly channelIds!: readonly string[];
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'What the agent finds out in a conversation.' })
  readonly results!: readonly contract.ConversationResult[];
  @ApiProperty({ description: 'Whether it answers people who write first.' })
  readonly inbound!: boolean;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  readonly script?: contract.Agent['script'];
  @ApiPropertyOptional({ type: String, description: 'Where an agent of the webhook runtime is asked.' })
  readonly url?: string | undefined;
  @ApiProperty({ description: 'Whether it has a signing key.' })
  readonly signingKeySet!: boolean;
  @ApiProperty(ETAG)
  readonly etag!: string;
}

/** A channel without its secrets: only which of them are set. */
export class ChannelAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty()
  readonly type!: string;
  @ApiProperty()
  readonly running!: boolean;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly settings!: Readonly<Record<string, string>>;
  @ApiProperty({ type: [String], description: 'Names of the secrets that are set.' })
  readonly secretsSet!: readonly string[];
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  readonly templates!: readonly contract.MessageTemplate[];
  @ApiProperty(ETAG)
  readonly etag!: string;
}

export class WorkspaceAnswer {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ example: 'Europe/Madrid' })
  readonly timeZone!: string;
  @ApiProperty({ description: 'Names the name and the time zone that were read, for if-match.' })
  readonly etag!: string;
  @ApiProperty({ type: [AgentAnswer] })
  readonly agents!: readonly AgentAnswer[];
  @ApiProperty({ type: [ChannelAnswer] })
  readonly channels!: readonly ChannelAnswer[];
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'Fields of the customer profile beside the system fields: name and type.',
  })
  readonly profileFields!: readonly contract.ProfileField[];
}

export function workspaceAnswer(workspace: Workspace): WorkspaceAnswer {
  const { name, timeZone, agents, channels, profileFields } = workspace;
  return {
    name,
    timeZone,
    etag: etagOf(settingsOf(workspace)),
    agents: agents.map(agentAnswer),
    channels: channels.map(channelAnswer),
    profileFields,
  };
}

function agentAnswer(agent: contract.Agent): AgentAnswer {
  const { encryptedSigningKey, ...open } = agent;
  return { ...open, signingKeySet: encryptedSigningKey !== undefined, etag: etagOf(agent) };
}

function channelAnswer(channel: contract.Channel): ChannelAnswer {
  const { encryptedSecrets, ...open } = channel;
  return { ...open, secretsSet: Object.keys(encryptedSecrets), etag: etagOf(channel) };
}
