import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { COMMUNICATIONS_GROUP } from '../communications/communications.consumer.js';
import { PARTICIPANTS_GROUP } from '../participants/participants.consumer.js';
import { RUNS_GROUP } from '../runs/runs.consumer.js';
import { type CampaignNumbers, campaignNumbers, notSent, type ReasonCount } from './campaign-numbers.js';
import { CounterView } from './counter-view.js';
import { CampaignNumbersAnswer, NotSentAnswer } from './counters-answers.js';

/** Numbers of participants, communications and runs: three groups keep them. */
@ApiTags('numbers')
@ApiBearerAuth()
@WaitsFor(PARTICIPANTS_GROUP, COMMUNICATIONS_GROUP, RUNS_GROUP)
@Controller('campaigns/:campaignId')
export class CountersController {
  constructor(
    private readonly counters: CounterView,
    private readonly definitions: Definitions,
  ) {}

  @Get('counters')
  @ApiOperation({ summary: 'The numbers of a campaign: participants, communications, runs, people by path, reasons' })
  @ApiOkResponse({ type: CampaignNumbersAnswer })
  @ApiPosition()
  async numbers(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<CampaignNumbers> {
    const [counters, campaign] = await Promise.all([
      this.counters.of(workspace, campaignId),
      this.definitions.campaign(workspace, campaignId),
    ]);
    return campaignNumbers(counters, campaign);
  }

  @Get('not-sent')
  @ApiOperation({ summary: 'What was not sent, by reason; the codes filter the list of communications' })
  @ApiOkResponse({ type: NotSentAnswer })
  @ApiPosition()
  async notSent(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<{ readonly items: readonly ReasonCount[] }> {
    return { items: notSent(await this.counters.of(workspace, campaignId)) };
  }
}
