import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { RUNS_GROUP } from '../consumers/runs.consumer.js';
import { CatchUps } from '../storage/catch-ups.js';
import { Participants } from '../storage/participants.js';
import { PauseAnswer } from './catch-up-answers.js';

@ApiTags('pauses')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/pause')
export class PausesController {
  constructor(
    private readonly participants: Participants<unknown>,
    private readonly catchUps: CatchUps<unknown>,
  ) {}

  @Get()
  @WaitsFor(RUNS_GROUP)
  @ApiOperation({ summary: 'Who waits for a Start, and how far the last Starts have caught up' })
  @ApiOkResponse({ type: PauseAnswer })
  async pause(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<PauseAnswer> {
    const [waiting, catchUps] = await Promise.all([
      this.participants.countWaiting(caller.workspace, campaignId),
      this.catchUps.of(caller.workspace, campaignId),
    ]);
    return { ...waiting, catchUps };
  }
}
