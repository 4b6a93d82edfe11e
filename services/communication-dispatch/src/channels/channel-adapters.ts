import type { KnownWorkspace } from '@poinciana/campaign-definition';
import { openSecret, type Secret } from '@poinciana/service-kit';
import type { ChannelAdapter, OpenChannel } from './channel-adapter.js';

/** The channels' adapters by type, and the key that opens what ChannelSaved sealed. */
export class ChannelAdapters {
  private readonly byType: ReadonlyMap<string, ChannelAdapter>;
  /** Opened once for each saved channel: sealing is slow compared with a send. */
  private readonly opened = new WeakMap<object, OpenChannel>();

  constructor(
    adapters: readonly ChannelAdapter[],
    private readonly secretsKey: Secret,
    /** Told, once a saved channel, the name of a secret that the key does not open. */
    private readonly onSealed: (channelId: string, secretName: string, error: unknown) => void,
  ) {
    this.byType = new Map(adapters.map((adapter) => [adapter.type, adapter]));
  }

  adapterOf(channelType: string): ChannelAdapter | undefined {
    return this.byType.get(channelType);
  }

  /** A channel of a workspace, ready to be used; `undefined` when it does not exist. */
  open(workspace: KnownWorkspace | undefined, channelId: string): OpenChannel | undefined {
    const channel = workspace?.channels[channelId];
    if (channel === undefined) return undefined;
    const known = this.opened.get(channel);
    if (known !== undefined) return known;
    const secrets: Record<string, string> = {};
    for (const [name, sealed] of Object.entries(channel.encryptedSecrets)) {
      try {
        const text = openSecret(this.secretsKey, sealed);
        // An empty one is none: nobody shall sign with it.
        if (text !== '') secrets[name] = text;
      } catch (error) {
        this.onSealed(channelId, name, error);
      }
    }
    const open = { channel, secrets };
    this.opened.set(channel, open);
    return open;
  }

  /** Types whose channels may be asked for news. */
  get pollingTypes(): readonly string[] {
    return [...this.byType.values()].filter(({ mayPoll }) => mayPoll).map(({ type }) => type);
  }

  async close(): Promise<void> {
    await Promise.all([...this.byType.values()].map((adapter) => adapter.close()));
  }
}
