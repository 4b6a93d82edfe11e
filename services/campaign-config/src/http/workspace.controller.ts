import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiIfMatch,
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  IfMatch,
  type RequestIdentity,
  Roles,
  type SeenState,
  type Written,
  written,
} from '@poinciana/service-kit';
import { type WorkspaceNow, WorkspaceStreams } from '../handlers/workspace-streams.js';
import { WorkspaceAnswer, workspaceAnswer } from './workspace-answers.js';
import { WorkspaceRequest } from './workspace-requests.js';

@ApiTags('workspace')
@ApiBearerAuth()
@Controller('workspace')
export class WorkspaceController {
  constructor(private readonly workspaces: WorkspaceStreams) {}

  @Get()
  @ApiOperation({ summary: 'Settings, agents and channels of the workspace' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  async workspace(@CurrentCaller() caller: Caller): Promise<Written<WorkspaceAnswer>> {
    return answerOf(await this.workspaces.read(caller.workspace));
  }

  @Put()
  @Roles('manager')
  @ApiOperation({ summary: 'Names the workspace and its time zone' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async saveSettings(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Body() { name, timeZone }: WorkspaceRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<WorkspaceAnswer>> {
    const command = { type: 'SaveWorkspaceSettings', name, timeZone, seen } as const;
    return answerOf(await this.workspaces.execute({ caller, request }, command));
  }
}

function answerOf({ workspace, position }: WorkspaceNow): Written<WorkspaceAnswer> {
  const answer = workspaceAnswer(workspace);
  return written(answer, position, answer.etag);
}
