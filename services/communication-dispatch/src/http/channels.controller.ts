import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '@poinciana/service-kit';
import { ChannelHealth, type ChannelHealthReport } from '../handlers/channel-health.js';

class SendCountsAnswer {
  @ApiProperty({ description: 'Taken by the provider.' }) readonly accepted!: number;
  @ApiProperty({ description: 'Ended as Failed.' }) readonly failed!: number;
  @ApiProperty({ description: 'Ended as Failed because nobody knows what became of them.' }) readonly unknown!: number;
  @ApiProperty({ description: 'Attempts that were put off.' }) readonly delayed!: number;
}

class WebhookCountsAnswer {
  @ApiProperty({ description: 'Told by the provider, each once.' }) readonly received!: number;
  @ApiProperty({ description: 'Told again.' }) readonly repeated!: number;
  @ApiProperty({ description: 'Not yet worked off.' }) readonly waiting!: number;
  @ApiProperty({ description: 'About messages that nobody knows.' }) readonly unknown!: number;
  @ApiProperty({ description: 'Requests with a wrong signature, since the process began.' }) readonly forged!: number;
}

class HeldBackAnswer {
  @ApiProperty({ description: 'Of the last batch.' }) readonly count!: number;
  @ApiProperty({ description: 'How long the channel is left alone, in milliseconds.' }) readonly pauseMs!: number;
}

export class ChannelHealthAnswer {
  @ApiProperty({ type: SendCountsAnswer }) readonly sends!: SendCountsAnswer;
  @ApiProperty({ type: WebhookCountsAnswer }) readonly webhooks!: WebhookCountsAnswer;
  @ApiProperty({ type: HeldBackAnswer }) readonly heldBack!: HeldBackAnswer;
}

@ApiTags('channels')
@ApiBearerAuth()
@Controller('channels')
export class ChannelsController {
  constructor(private readonly health: ChannelHealth<unknown>) {}

  @Get(':channelId/health')
  @ApiOperation({ summary: 'How a channel does: what was taken, failed, is unknown or held back' })
  @ApiOkResponse({ type: ChannelHealthAnswer })
  async read(
    @CurrentCaller() { workspace }: Caller,
    @Param('channelId', ParseUUIDPipe) channelId: string,
  ): Promise<ChannelHealthReport> {
    return this.health.report(workspace, channelId.toLowerCase());
  }
}
