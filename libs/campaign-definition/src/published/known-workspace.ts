import type { workspace as contract } from '@poinciana/contracts';

/** What everybody may know of a workspace: folded from its stream. */
export interface KnownWorkspace {
  readonly name: string;
  /** IANA name, canonical. */
  readonly timeZone: string;
  readonly agents: Readonly<Record<string, contract.Agent>>;
  readonly channels: Readonly<Record<string, contract.Channel>>;
}

type Fold = (known: KnownWorkspace, data: object) => KnownWorkspace;

const folds: Readonly<Record<string, Fold>> = {
  WorkspaceSettingsSaved: (known, data) => {
    const { name, timeZone } = data as contract.WorkspaceSettingsSaved;
    return { ...known, name, timeZone };
  },
  AgentSaved: (known, data) => {
    const { agent } = data as contract.AgentSaved;
    return { ...known, agents: { ...known.agents, [agent.id]: agent } };
  },
  AgentDeleted: (known, data) => ({ ...known, agents: without(known.agents, (data as contract.AgentDeleted).agentId) }),
  ChannelSaved: (known, data) => {
    const { channel } = data as contract.ChannelSaved;
    return { ...known, channels: { ...known.channels, [channel.id]: channel } };
  },
  ChannelDeleted: (known, data) => ({
    ...known,
    channels: without(known.channels, (data as contract.ChannelDeleted).channelId),
  }),
};

/** The fold of workspace-<id>. A workspace without settings lives in UTC. */
export const knownWorkspace = {
  initialState: { name: '', timeZone: 'UTC', agents: {}, channels: {} } as KnownWorkspace,
  evolve(known: KnownWorkspace, event: { readonly type: string; readonly data: object }): KnownWorkspace {
    return folds[event.type]?.(known, event.data) ?? known;
  },
};

function without<Value>(record: Readonly<Record<string, Value>>, id: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}
