import type { workspace as contract } from '@poinciana/contracts';
import { type Secret, openSecret, sealSecret } from '@poinciana/service-kit';
import type { SeenState } from '../domain/seen-state.js';
import type { Asking } from './command-context.js';
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
    const sealed = Object.entries(secrets).map(([name, text]) => [name, this.sealed(text, known[name])] as const);
    const channel = { ...typed, encryptedSecrets: { ...known, ...Object.fromEntries(sealed) } };
    return this.workspaces.execute(asking, { type: 'SaveChannel', channel, seen });
  }

  /** Sealing gives another text each time: a secret that is typed again as it was is no change. */
  private sealed(text: string, known: string | undefined): string {
    return known !== undefined && this.opens(known, text) ? known : sealSecret(this.secretsKey, text);
  }

  private opens(sealed: string, text: string): boolean {
    try {
      return openSecret(this.secretsKey, sealed) === text;
    } catch {
      // Sealed with a key of earlier days: the secret is sealed anew.
      return false;
    }
  }
}
