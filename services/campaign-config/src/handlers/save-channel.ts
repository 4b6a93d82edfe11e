import type { workspace as contract } from '@poinciana/contracts';
import type { Secret } from '@poinciana/service-kit';
import type { SeenState } from '../domain/seen-state.js';
import type { Asking } from './command-context.js';
import { sealedAgain } from './sealed-again.js';
import type { WorkspaceNow, WorkspaceStreams } from './workspace-streams.js';

/** A channel with its secrets as they were typed; a secret that is left out stays as it is. */
export interface TypedChannel extends Omit<contract.Channel, 'encryptedSecrets'> {
  readonly secrets: Readonly<Record<string, string>>;
}

/** Saves a channel; its secrets are sealed before they reach an event, and are never given out again. */
export class SaveChannelHandler {
  constructor(
    private readonly workspaces: WorkspaceStreams,
    private readonly secretsKey: Secret,
  ) {}

  async execute(
    asking: Asking,
    { secrets, ...typed }: TypedChannel,
    seen: SeenState | undefined,
  ): Promise<WorkspaceNow> {
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const known = workspace.channels.find((channel) => channel.id === typed.id)?.encryptedSecrets ?? {};
    const sealed = Object.entries(secrets).map(
      ([name, text]) => [name, sealedAgain(this.secretsKey, text, known[name])] as const,
    );
    const channel = { ...typed, encryptedSecrets: { ...known, ...Object.fromEntries(sealed) } };
    return this.workspaces.execute(asking, { type: 'SaveChannel', channel, seen });
  }
}
