import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId } from '@poinciana/event-sourcing';
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
import { flowOf } from '../domain/campaign-flows.js';
import { type CampaignNow, CampaignStreams } from '../handlers/campaign-streams.js';
import { SaveFlowHandler } from '../handlers/save-flow.js';
import { CampaignAnswer, FlowAnswer, campaignAnswer, flowAnswer } from './campaign-answers.js';
import { FlowNameRequest, FlowOrderRequest, FlowRequest, NewFlowRequest } from './flow-requests.js';

/** The Workflow tab: the flows of a campaign and what is drawn in them. */
@ApiTags('flows')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/flows')
export class FlowsController {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly saveFlow: SaveFlowHandler,
  ) {}

  @Post()
  @Roles('manager')
  @ApiOperation({ summary: 'Makes an empty flow' })
  @ApiCreatedResponse({ type: FlowAnswer })
  @ApiPosition()
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() { name }: NewFlowRequest,
  ): Promise<Written<FlowAnswer>> {
    const flowId = derivedId('flow', campaignId, request.causation);
    const command = { type: 'CreateFlow', flowId, name } as const;
    return answerOf(await this.campaigns.execute({ caller, request }, campaignId, command), flowId);
  }

  @Put('order')
  @Roles('manager')
  @ApiOperation({ summary: 'Orders the flows: of two that one event starts, the first in the list runs first' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async order(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() { flowIds }: FlowOrderRequest,
  ): Promise<Written<CampaignAnswer>> {
    const command = { type: 'OrderFlows', flowIds: flowIds.map((id) => id.toLowerCase()) } as const;
    const { campaign, position } = await this.campaigns.execute({ caller, request }, campaignId, command);
    return written(campaignAnswer(campaign), position);
  }

  @Get(':flowId')
  @ApiOperation({ summary: 'The newest version of a flow' })
  @ApiOkResponse({ type: FlowAnswer })
  @ApiPosition()
  async flow(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
  ): Promise<Written<FlowAnswer>> {
    return answerOf(await this.campaigns.read(caller.workspace, campaignId), flowId);
  }

  @Put(':flowId')
  @Roles('manager')
  @ApiOperation({ summary: 'Saves a version of a flow; the etag is that of the flow' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async save(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Body() { name, nodes, edges, note }: FlowRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<CampaignAnswer>> {
    const drawn = { id: flowId, name, nodes, edges, note: note ?? '' };
    const now = await this.saveFlow.execute({ caller, request }, campaignId, drawn, seen);
    return written(campaignAnswer(now.campaign), now.position, answerOf(now, flowId).etag);
  }

  @Patch(':flowId')
  @Roles('manager')
  @ApiOperation({ summary: 'Renames a flow, which is a version of it' })
  @ApiOkResponse({ type: FlowAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async rename(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Body() { name }: FlowNameRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<FlowAnswer>> {
    const command = { type: 'RenameFlow', flowId, name, seen } as const;
    return answerOf(await this.campaigns.execute({ caller, request }, campaignId, command), flowId);
  }
}

/** One flow of a campaign, with its etag. */
export function answerOf({ campaign, position }: CampaignNow, flowId: string): Written<FlowAnswer> {
  const answer = flowAnswer(flowOf(campaign, flowId));
  return written(answer, position, answer.etag);
}
