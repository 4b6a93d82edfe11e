import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  type RequestIdentity,
  Roles,
  WaitsFor,
  type Written,
  written,
} from '@poinciana/service-kit';
import { CampaignStreams } from '../handlers/campaign-streams.js';
import { PAUSES_GROUP } from '../handlers/note-pauses.js';
import { PreviewStart } from '../handlers/preview-start.js';
import { PreviewStop } from '../handlers/preview-stop.js';
import { StartCampaignHandler } from '../handlers/start-campaign.js';
import { CampaignAnswer, campaignAnswer } from './campaign-answers.js';
import { StartPreviewAnswer, startPreviewAnswer } from './start-answers.js';
import { StartRequest } from './start-requests.js';
import { StopPreviewAnswer } from './stop-answers.js';

@ApiTags('running')
@ApiBearerAuth()
@Roles('manager')
@Controller('campaigns/:campaignId')
export class RunningController {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly startCampaign: StartCampaignHandler,
    private readonly previewStart: PreviewStart,
    private readonly previewStop: PreviewStop,
  ) {}

  @Get('start')
  @WaitsFor(PAUSES_GROUP)
  @ApiOperation({ summary: 'What Start would say now: its checks, whom and what it asks about; starts nothing' })
  @ApiOkResponse({ type: StartPreviewAnswer })
  async preview(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<StartPreviewAnswer> {
    return startPreviewAnswer(await this.previewStart.execute(workspace, campaignId));
  }

  @Post('start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Starts a campaign, with the answers to the questions that Start asks' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async start(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() { pauseAnswer, overdueAnswer }: StartRequest,
  ): Promise<Written<CampaignAnswer>> {
    const answers = { pauseAnswer, overdueAnswer };
    const { campaign, position } = await this.startCampaign.execute({ caller, request }, campaignId, answers);
    return written(campaignAnswer(campaign), position);
  }

  @Get('stop')
  @WaitsFor(PAUSES_GROUP)
  @ApiOperation({ summary: 'What Stop would do now; stops nothing' })
  @ApiOkResponse({ type: StopPreviewAnswer })
  async stopPreview(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<StopPreviewAnswer> {
    return this.previewStop.execute(workspace, campaignId);
  }

  @Post('stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stops a campaign: no new triggers, no new sends' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async stop(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<Written<CampaignAnswer>> {
    const { campaign, position } = await this.campaigns.execute({ caller, request }, campaignId, {
      type: 'StopCampaign',
    });
    return written(campaignAnswer(campaign), position);
  }
}
