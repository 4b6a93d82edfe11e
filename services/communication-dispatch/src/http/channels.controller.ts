import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPosition,
  CurrentCaller,
  CurrentRequest,
  Roles,
  written,
  type Caller,
  type RequestIdentity,
  type Written,
} from '@poinciana/service-kit';
import { ChannelHealth } from '../handlers/channel-health.js';
import { TryChannel } from '../handlers/try-channel.js';
import {
  channelAnswer,
  ChannelHealthAnswer,
  ChannelLimitsAnswer,
  ChannelListAnswer,
  healthAnswer,
  limitsAnswer,
  TemplateListAnswer,
} from './channel-answers.js';
import { SessionAnswer, sessionAnswer } from './session-answers.js';
import { contentOf, TestMessageRequest } from './test-message.request.js';

@ApiTags('channels')
@ApiBearerAuth()
@Controller('channels')
export class ChannelsController {
  constructor(
    private readonly health: ChannelHealth<unknown>,
    private readonly trials: TryChannel,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The channels, whether their providers take messages, and where these tell us things' })
  @ApiOkResponse({ type: ChannelListAnswer })
  async list(@CurrentCaller() { workspace }: Caller): Promise<ChannelListAnswer> {
    return { items: (await this.health.all(workspace)).map(channelAnswer) };
  }

  @Get(':channelId/health')
  @ApiOperation({ summary: 'How a channel does: what was taken, failed, is unknown or held back' })
  @ApiOkResponse({ type: ChannelHealthAnswer })
  async read(
    @CurrentCaller() { workspace }: Caller,
    @Param('channelId', ParseUUIDPipe) channelId: string,
  ): Promise<ChannelHealthAnswer> {
    return healthAnswer(await this.health.report(workspace, channelId.toLowerCase()));
  }

  @Get(':channelId/limits')
  @ApiOperation({ summary: 'What a channel may send, and what a limit holds back until when' })
  @ApiOkResponse({ type: ChannelLimitsAnswer })
  async limits(
    @CurrentCaller() { workspace }: Caller,
    @Param('channelId', ParseUUIDPipe) channelId: string,
  ): Promise<ChannelLimitsAnswer> {
    return limitsAnswer(await this.health.limits(workspace, channelId.toLowerCase()));
  }

  @Get(':channelId/templates')
  @ApiOperation({ summary: "The approved templates of the provider's account, asked for just now" })
  @ApiOkResponse({ type: TemplateListAnswer })
  async templates(
    @CurrentCaller() { workspace }: Caller,
    @Param('channelId', ParseUUIDPipe) channelId: string,
  ): Promise<TemplateListAnswer> {
    return { items: await this.health.templates(workspace, channelId.toLowerCase()) };
  }

  @Post(':channelId/test-messages')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({ summary: 'Sends one message over the channel and says what the provider answered' })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiPosition()
  async test(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Body() body: TestMessageRequest,
  ): Promise<Written<SessionAnswer>> {
    const asked = { workspace, subject, causation, channelId: channelId.toLowerCase() };
    const history = await this.trials.send({ ...asked, address: body.address, content: contentOf(body) });
    return written(sessionAnswer(history), history.last.position);
  }
}
