import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
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
import { CampaignStreams } from '../handlers/campaign-streams.js';
import { CreateCampaignHandler } from '../handlers/create-campaign.js';
import { DeleteCampaignHandler } from '../handlers/delete-campaign.js';
import { EditCampaignHandler } from '../handlers/edit-campaign.js';
import { CampaignAnswer, campaignAnswer } from './campaign-answers.js';
import { CreateCampaignRequest, EditCampaignRequest } from './campaign-requests.js';

@ApiTags('campaigns')
@ApiBearerAuth()
@Controller('campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly create: CreateCampaignHandler,
    private readonly edit: EditCampaignHandler,
    private readonly remove: DeleteCampaignHandler,
  ) {}

  @Post()
  @Roles('manager')
  @ApiOperation({ summary: 'Creates a campaign' })
  @ApiCreatedResponse({ type: CampaignAnswer })
  @ApiPosition()
  async createCampaign(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Body() body: CreateCampaignRequest,
  ): Promise<Written<CampaignAnswer>> {
    const wanted = { name: body.name, description: body.description ?? '' };
    const { campaign, position } = await this.create.execute({ caller, request }, wanted);
    return written(campaignAnswer(campaign), position);
  }

  @Get(':campaignId')
  @ApiOperation({ summary: 'A campaign as its writer knows it, always up to date' })
  @ApiOkResponse({ type: CampaignAnswer })
  async campaign(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<Written<CampaignAnswer>> {
    const { campaign, position } = await this.campaigns.read(caller.workspace, campaignId);
    const answer = campaignAnswer(campaign);
    return written(answer, position, answer.etag);
  }

  @Patch(':campaignId')
  @Roles('manager')
  @ApiOperation({ summary: 'Renames a campaign or changes its description' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async editCampaign(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: EditCampaignRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<CampaignAnswer>> {
    const { campaign, position } = await this.edit.execute({ caller, request }, campaignId, body, seen);
    const answer = campaignAnswer(campaign);
    return written(answer, position, answer.etag);
  }

  @Delete(':campaignId')
  @Roles('manager')
  @HttpCode(204)
  @ApiOperation({ summary: 'Deletes a campaign that is not Active; its name is free again' })
  @ApiNoContentResponse()
  @ApiPosition()
  async deleteCampaign(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<Written<undefined>> {
    const { position } = await this.remove.execute({ caller, request }, campaignId);
    return written(undefined, position);
  }
}
