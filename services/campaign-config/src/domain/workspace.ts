import type { workspace as contract } from '@poinciana/contracts';
import type { EventOf } from '@poinciana/event-sourcing';

/** What campaign-config knows of a workspace: folded from its stream. */
export interface Workspace {
  readonly name: string;
  readonly timeZone: string;
  readonly agents: readonly contract.Agent[];
  readonly channels: readonly contract.Channel[];
  /** Fields of the customer profile beside the system fields (A73). */
  readonly profileFields: readonly contract.ProfileField[];
}

export type WorkspaceEvent =
  | EventOf<'WorkspaceSettingsSaved', contract.WorkspaceSettingsSaved>
  | EventOf<'AgentSaved', contract.AgentSaved>
  | EventOf<'AgentDeleted', contract.AgentDeleted>
  | EventOf<'ChannelSaved', contract.ChannelSaved>
  | EventOf<'ChannelDeleted', contract.ChannelDeleted>
  | EventOf<'ProfileFieldDefined', contract.ProfileFieldDefined>;

export const emptyWorkspace: Workspace = { name: '', timeZone: 'UTC', agents: [], channels: [], profileFields: [] };

/** The workspace after an event. An event that this version does not know leaves it as it is. */
export function evolveWorkspace(state: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.type) {
    case 'WorkspaceSettingsSaved':
      return { ...state, name: event.data.name, timeZone: event.data.timeZone };
    case 'AgentSaved':
      return { ...state, agents: withThing(state.agents, event.data.agent) };
    case 'AgentDeleted':
      return { ...state, agents: state.agents.filter((agent) => agent.id !== event.data.agentId) };
    case 'ChannelSaved':
      return { ...state, channels: withThing(state.channels, event.data.channel) };
    case 'ChannelDeleted':
      return { ...state, channels: state.channels.filter((channel) => channel.id !== event.data.channelId) };
    case 'ProfileFieldDefined':
      return { ...state, profileFields: [...state.profileFields, event.data.field] };
    default:
      return state;
  }
}

function withThing<Thing extends { readonly id: string }>(things: readonly Thing[], thing: Thing): readonly Thing[] {
  const known = things.some((each) => each.id === thing.id);
  return known ? things.map((each) => (each.id === thing.id ? thing : each)) : [...things, thing];
}
