import {
  type EventStore,
  type Position,
  START,
  executeCommand,
  fold,
  readStream,
  streamName,
} from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { Workspace, WorkspaceEvent } from '../domain/workspace.js';
import { type WorkspaceCommand, workspace } from '../domain/workspace-decider.js';
import { type Asking, contextOf } from './command-context.js';

/** A workspace as a request finds or leaves it. */
export interface WorkspaceNow {
  readonly workspace: Workspace;
  readonly position: Position;
}

/** The streams workspace-<id>: settings, agents, channels. */
export class WorkspaceStreams {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  async read(workspaceId: string): Promise<WorkspaceNow> {
    const events = await readStream(this.store, streamName('workspace', workspaceId));
    return {
      workspace: fold(workspace, events as readonly WorkspaceEvent[]),
      position: events.at(-1)?.position ?? START,
    };
  }

  async execute(asking: Asking, command: WorkspaceCommand): Promise<WorkspaceNow> {
    const workspaceId = asking.caller.workspace;
    const result = await executeCommand(this.store, workspace, {
      stream: streamName('workspace', workspaceId),
      command,
      context: contextOf(asking, this.clock, workspaceId),
      commandId: asking.request.causation,
    });
    return { workspace: result.state, position: result.position };
  }
}
