import { Body, Controller, Delete, Param, ParseUUIDPipe, Put } from '@nestjs/common';
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
import { SaveAgentHandler } from '../handlers/save-agent.js';
import { WorkspaceStreams } from '../handlers/workspace-streams.js';
import { AgentRequest } from './agent-requests.js';
import { WorkspaceAnswer, workspaceAnswer } from './workspace-answers.js';

@ApiTags('agents')
@ApiBearerAuth()
@Roles('manager')
@Controller('workspace/agents/:agentId')
export class AgentsController {
  constructor(
    private readonly workspaces: WorkspaceStreams,
    private readonly saving: SaveAgentHandler,
  ) {}

  @Put()
  @ApiOperation({ summary: 'Saves an agent; its signing key is sealed and never given out again' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async saveAgent(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('agentId', ParseUUIDPipe) id: string,
    @Body() body: AgentRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<WorkspaceAnswer>> {
    const { name, runtime, inbound = false, script, url, signingKey } = body;
    const channelIds = body.channelIds.map((channelId) => channelId.toLowerCase());
    const results = (body.results ?? []).map((result) => ({
      ...result,
      enumerationValues: result.enumerationValues ?? [],
    }));
    const optional = { ...(script === undefined ? {} : { script }), ...(url === undefined ? {} : { url }) };
    const agent = { id, name, runtime, channelIds, results, inbound, ...optional };
    const { workspace, position } = await this.saving.execute({ caller, request }, { ...agent, signingKey }, seen);
    const answer = workspaceAnswer(workspace);
    return written(answer, position, answer.agents.find((each) => each.id === id)?.etag);
  }

  @Delete()
  @ApiOperation({ summary: 'Deletes an agent; a running campaign that has no other goes into Error' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  async deleteAgent(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('agentId', ParseUUIDPipe) agentId: string,
  ): Promise<Written<WorkspaceAnswer>> {
    const command = { type: 'DeleteAgent', agentId } as const;
    const { workspace, position } = await this.workspaces.execute({ caller, request }, command);
    return written(workspaceAnswer(workspace), position);
  }
}
