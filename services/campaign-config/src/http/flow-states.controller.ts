import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
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
import { CampaignAnswer, campaignAnswer } from './campaign-answers.js';
import { FlowChecksAnswer } from './flow-answers.js';

/** Whether a flow takes part when its campaign runs. */
@ApiTags('flows')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/flows/:flowId')
export class FlowStatesController {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly activateFlow: ActivateFlowHandler,
  ) {}

  @Get('checks')
  @ApiOperation({ summary: 'Everything that stands between a flow and its activation, and what is doubtful' })
  @ApiOkResponse({ type: FlowChecksAnswer })
  async checks(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
  ): Promise<FlowChecksAnswer> {
    return { problems: await this.activateFlow.problems(caller.workspace, campaignId, flowId) };
  }

  @Post('activate')
  @Roles('manager')
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

  @Post('deactivate')
  @Roles('manager')
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

  @Delete()
  @Roles('manager')
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
