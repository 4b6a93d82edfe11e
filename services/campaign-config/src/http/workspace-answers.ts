import { ApiProperty } from '@nestjs/swagger';
import type { workspace as contract } from '@poinciana/contracts';
import type { Workspace } from '../domain/workspace.js';

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
}

export class WorkspaceAnswer {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ example: 'Europe/Madrid' })
  readonly timeZone!: string;
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  readonly agents!: readonly contract.Agent[];
  @ApiProperty({ type: [ChannelAnswer] })
  readonly channels!: readonly ChannelAnswer[];
}

export function workspaceAnswer({ name, timeZone, agents, channels }: Workspace): WorkspaceAnswer {
  const answers = channels.map(({ encryptedSecrets, ...channel }) => ({
    ...channel,
    secretsSet: Object.keys(encryptedSecrets),
  }));
  return { name, timeZone, agents, channels: answers };
}
