import { Body, Controller, Delete, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
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
import { ActivateFlowHandler } from '../handlers/activate-flow.js';
import { CampaignStreams } from '../handlers/campaign-streams.js';
import { SaveFlowHandler } from '../handlers/save-flow.js';
import { CampaignAnswer, campaignAnswer } from './campaign-answers.js';
import { FieldsRequest, FlowRequest } from './flow-requests.js';

/** The Data and Workflow tabs: what a campaign is made of. */
@ApiTags('definitions')
@ApiBearerAuth()
@Roles('manager')
@Controller('campaigns/:campaignId')
export class DefinitionsController {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly saveFlow: SaveFlowHandler,
    private readonly activateFlow: ActivateFlowHandler,
  ) {}

  @Put('fields')
  @ApiOperation({ summary: 'Defines the fields of a campaign' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async defineFields(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: FieldsRequest,
  ): Promise<Written<CampaignAnswer>> {
    const fields = body.fields.map((field) => ({
      ...field,
      description: field.description ?? '',
      locked: field.locked ?? false,
      enumerationValues: field.enumerationValues ?? [],
    }));
    const { campaign, position } = await this.campaigns.execute({ caller, request }, campaignId, {
      type: 'DefineFields',
      fields,
    });
    return written(campaignAnswer(campaign), position);
  }

  @Put('flows/:flowId')
  @ApiOperation({ summary: 'Saves a version of a flow' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async save(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Body() { name, nodes, edges, note }: FlowRequest,
  ): Promise<Written<CampaignAnswer>> {
    const drawn = { id: flowId, name, nodes, edges, note: note ?? '' };
    const { campaign, position } = await this.saveFlow.execute({ caller, request }, campaignId, drawn);
    return written(campaignAnswer(campaign), position);
  }

  @Post('flows/:flowId/activate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Activates a flow that passes all checks' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async activate(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
  ): Promise<Written<CampaignAnswer>> {
    const { campaign, position } = await this.activateFlow.execute({ caller, request }, campaignId, flowId);
    return written(campaignAnswer(campaign), position);
  }

  @Post('flows/:flowId/deactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Deactivates a flow' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async deactivate(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
  ): Promise<Written<CampaignAnswer>> {
    const command = { type: 'DeactivateFlow', flowId } as const;
    const { campaign, position } = await this.campaigns.execute({ caller, request }, campaignId, command);
    return written(campaignAnswer(campaign), position);
  }

  @Delete('flows/:flowId')
  @ApiOperation({ summary: 'Deletes a flow' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async deleteFlow(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
  ): Promise<Written<CampaignAnswer>> {
    const command = { type: 'DeleteFlow', flowId } as const;
    const { campaign, position } = await this.campaigns.execute({ caller, request }, campaignId, command);
    return written(campaignAnswer(campaign), position);
  }
}
