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
import { channelTexts } from '../domain/channel-texts.js';
import { SaveChannelHandler } from '../handlers/save-channel.js';
import { WorkspaceStreams } from '../handlers/workspace-streams.js';
import { ChannelRequest } from './channel-requests.js';
import { WorkspaceAnswer, workspaceAnswer } from './workspace-answers.js';

@ApiTags('channels')
@ApiBearerAuth()
@Roles('manager')
@Controller('workspace/channels/:channelId')
export class ChannelsController {
  constructor(
    private readonly workspaces: WorkspaceStreams,
    private readonly saveChannel: SaveChannelHandler,
  ) {}

  @Put()
  @ApiOperation({ summary: 'Saves a channel; its secrets are sealed and never given out again' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async save(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('channelId', ParseUUIDPipe) id: string,
    @Body() { name, type, running, settings, secrets, templates }: ChannelRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<WorkspaceAnswer>> {
    const texts = { settings: channelTexts('settings', settings), secrets: channelTexts('secrets', secrets ?? {}) };
    const typed = { id, name, type, running, ...texts, templates: templates ?? [] };
    const { workspace, position } = await this.saveChannel.execute({ caller, request }, typed, seen);
    const answer = workspaceAnswer(workspace);
    return written(answer, position, answer.channels.find((each) => each.id === id)?.etag);
  }

  @Delete()
  @ApiOperation({ summary: 'Deletes a channel that no agent is attached to' })
  @ApiOkResponse({ type: WorkspaceAnswer })
  @ApiPosition()
  async deleteChannel(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('channelId', ParseUUIDPipe) channelId: string,
  ): Promise<Written<WorkspaceAnswer>> {
    const command = { type: 'DeleteChannel', channelId } as const;
    const { workspace, position } = await this.workspaces.execute({ caller, request }, command);
    return written(workspaceAnswer(workspace), position);
  }
}
