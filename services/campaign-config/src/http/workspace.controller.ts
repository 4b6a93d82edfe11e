import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  type RequestIdentity,
  Roles,
  type Written,
  written,
} from '@poinciana/service-kit';
import { channelTexts } from '../domain/channel-texts.js';
import { SaveChannelHandler } from '../handlers/save-channel.js';
import { WorkspaceStreams } from '../handlers/workspace-streams.js';
import { WorkspaceAnswer, workspaceAnswer } from './workspace-answers.js';
import { AgentRequest, ChannelRequest, WorkspaceRequest } from './workspace-requests.js';

@ApiTags('workspace')
@ApiBearerAuth()
@Controller('workspace')
export class WorkspaceController {
  constructor(
    private readonly workspaces: WorkspaceStreams,
    private readonly saveChannel: SaveChannelHandler,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Settings, agents and channels of the workspace' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  async workspace(@CurrentCaller() caller: Caller): Promise<Written<WorkspaceAnswer>> {
    const { workspace, position } = await this.workspaces.read(caller.workspace);
    return written(workspaceAnswer(workspace), position);
  }

  @Put()
  @Roles('manager')
  @ApiOperation({ summary: 'Names the workspace and its time zone' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  async saveSettings(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Body() { name, timeZone }: WorkspaceRequest,
  ): Promise<Written<WorkspaceAnswer>> {
    const command = { type: 'SaveWorkspaceSettings', name, timeZone } as const;
    const { workspace, position } = await this.workspaces.execute({ caller, request }, command);
    return written(workspaceAnswer(workspace), position);
  }

  @Put('agents/:agentId')
  @Roles('manager')
  @ApiOperation({ summary: 'Saves an agent' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  async saveAgent(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('agentId', ParseUUIDPipe) id: string,
    @Body() body: AgentRequest,
  ): Promise<Written<WorkspaceAnswer>> {
    const { name, runtime, channelIds, inbound = false, script } = body;
    const results = (body.results ?? []).map((result) => ({
      ...result,
      enumerationValues: result.enumerationValues ?? [],
    }));
    const agent = { id, name, runtime, channelIds, results, inbound, ...(script === undefined ? {} : { script }) };
    const { workspace, position } = await this.workspaces.execute({ caller, request }, { type: 'SaveAgent', agent });
    return written(workspaceAnswer(workspace), position);
  }

  @Put('channels/:channelId')
  @Roles('manager')
  @ApiOperation({ summary: 'Saves a channel; its secrets are sealed and never given out again' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  async save(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('channelId', ParseUUIDPipe) id: string,
    @Body() { name, type, running, settings, secrets, templates }: ChannelRequest,
  ): Promise<Written<WorkspaceAnswer>> {
    const texts = { settings: channelTexts('settings', settings), secrets: channelTexts('secrets', secrets ?? {}) };
    const typed = { id, name, type, running, ...texts, templates: templates ?? [] };
    const { workspace, position } = await this.saveChannel.execute({ caller, request }, typed);
    return written(workspaceAnswer(workspace), position);
  }
}
