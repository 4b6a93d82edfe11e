import type { workspace as contract } from '@poinciana/contracts';
import { type Decider, DomainError, type EventOf } from '@poinciana/event-sourcing';

/** What campaign-config knows of a workspace: folded from its stream. */
export interface Workspace {
  readonly name: string;
  readonly timeZone: string;
  readonly agents: readonly contract.Agent[];
  readonly channels: readonly contract.Channel[];
}

export type WorkspaceEvent =
  | EventOf<'WorkspaceSettingsSaved', contract.WorkspaceSettingsSaved>
  | EventOf<'AgentSaved', contract.AgentSaved>
  | EventOf<'AgentDeleted', contract.AgentDeleted>
  | EventOf<'ChannelSaved', contract.ChannelSaved>
  | EventOf<'ChannelDeleted', contract.ChannelDeleted>;

export type WorkspaceCommand =
  | { readonly type: 'SaveWorkspaceSettings'; readonly name: string; readonly timeZone: string }
  | { readonly type: 'SaveAgent'; readonly agent: contract.Agent }
  | { readonly type: 'SaveChannel'; readonly channel: contract.Channel };

/** How many agents and channels a workspace may hold, each. */
export const AGENTS_MAX = 500;
export const CHANNELS_MAX = 500;

/** The rules of a workspace's agents, channels and settings. */
export const workspace: Decider<WorkspaceCommand, Workspace, WorkspaceEvent> = {
  initialState: { name: '', timeZone: 'UTC', agents: [], channels: [] },
  decide(command, state) {
    switch (command.type) {
      case 'SaveWorkspaceSettings':
        return saveSettings(command.name, command.timeZone, state);
      case 'SaveAgent':
        return saveAgent(command.agent, state);
      case 'SaveChannel':
        return saveChannel(command.channel, state);
    }
  },
  evolve(state, event) {
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
      default:
        return state;
    }
  },
};

function saveSettings(name: string, timeZone: string, state: Workspace): readonly WorkspaceEvent[] {
  const canonical = canonicalZone(timeZone);
  if (name.trim() === state.name && canonical === state.timeZone) return [];
  return [{ type: 'WorkspaceSettingsSaved', data: { name: name.trim(), timeZone: canonical } }];
}

/** Every channel of an agent exists; at most one inbound agent a channel (semantics 1). */
function saveAgent(agent: contract.Agent, state: Workspace): readonly WorkspaceEvent[] {
  const known = state.agents.find((each) => each.id === agent.id);
  if (known === undefined && state.agents.length >= AGENTS_MAX) {
    throw new DomainError('too_many_agents', `A workspace holds at most ${AGENTS_MAX} agents`);
  }
  const missing = agent.channelIds.find((id) => !state.channels.some((channel) => channel.id === id));
  if (missing !== undefined)
    throw new DomainError('channel_not_found', 'The agent names a channel that does not exist');
  const rival = agent.inbound ? inboundRival(agent, state) : undefined;
  if (rival !== undefined) {
    const message = `The agent '${rival.name}' already answers on one of these channels: a channel has one inbound agent`;
    throw new DomainError('inbound_agent_exists', message, 'conflict');
  }
  return JSON.stringify(known) === JSON.stringify(agent) ? [] : [{ type: 'AgentSaved', data: { agent } }];
}

function inboundRival(agent: contract.Agent, state: Workspace): contract.Agent | undefined {
  return state.agents.find(
    (each) => each.inbound && each.id !== agent.id && each.channelIds.some((id) => agent.channelIds.includes(id)),
  );
}

function saveChannel(channel: contract.Channel, state: Workspace): readonly WorkspaceEvent[] {
  const known = state.channels.find((each) => each.id === channel.id);
  if (known === undefined && state.channels.length >= CHANNELS_MAX) {
    throw new DomainError('too_many_channels', `A workspace holds at most ${CHANNELS_MAX} channels`);
  }
  return JSON.stringify(known) === JSON.stringify(channel) ? [] : [{ type: 'ChannelSaved', data: { channel } }];
}

function withThing<Thing extends { readonly id: string }>(things: readonly Thing[], thing: Thing): readonly Thing[] {
  const known = things.some((each) => each.id === thing.id);
  return known ? things.map((each) => (each.id === thing.id ? thing : each)) : [...things, thing];
}

/** An IANA zone in any case becomes its canonical name; offsets and unknown names are refused (A88). */
function canonicalZone(zone: string): string {
  try {
    if (/^[+-]|^\d/.test(zone)) throw new RangeError('an offset is no zone');
    return new Intl.DateTimeFormat('en', { timeZone: zone.trim() }).resolvedOptions().timeZone;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DomainError('unknown_timezone', `'${zone.slice(0, 60)}' is not an IANA time zone such as Europe/London`);
  }
}
