import type { workspace as contract } from '@poinciana/contracts';
import type { Decider } from '@poinciana/event-sourcing';
import type { SeenState } from './seen-state.js';
import { type Workspace, type WorkspaceEvent, emptyWorkspace, evolveWorkspace } from './workspace.js';
import { deleteAgent, saveAgent } from './workspace-agents.js';
import { deleteChannel, saveChannel } from './workspace-channels.js';
import { defineProfileFields } from './workspace-profile.js';
import { saveSettings } from './workspace-settings.js';

/** What somebody who saves something has seen of it. */
interface Seeing {
  readonly seen?: SeenState | undefined;
}

export type WorkspaceCommand =
  | ({ readonly type: 'SaveWorkspaceSettings'; readonly name: string; readonly timeZone: string } & Seeing)
  | ({ readonly type: 'SaveAgent'; readonly agent: contract.Agent } & Seeing)
  | { readonly type: 'DeleteAgent'; readonly agentId: string }
  | ({ readonly type: 'SaveChannel'; readonly channel: contract.Channel } & Seeing)
  | { readonly type: 'DeleteChannel'; readonly channelId: string }
  | { readonly type: 'DefineProfileFields'; readonly fields: readonly contract.ProfileField[] };

/** The rules of a workspace's agents, channels and settings. */
export const workspace: Decider<WorkspaceCommand, Workspace, WorkspaceEvent> = {
  initialState: emptyWorkspace,
  decide(command, state) {
    switch (command.type) {
      case 'SaveWorkspaceSettings':
        return saveSettings(command, state);
      case 'SaveAgent':
        return saveAgent(command.agent, command.seen, state);
      case 'DeleteAgent':
        return deleteAgent(command.agentId, state);
      case 'SaveChannel':
        return saveChannel(command.channel, command.seen, state);
      case 'DeleteChannel':
        return deleteChannel(command.channelId, state);
      case 'DefineProfileFields':
        return defineProfileFields(command.fields, state);
    }
  },
  evolve: evolveWorkspace,
};
