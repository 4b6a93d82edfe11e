import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentCaller, CurrentRequest, Roles, type Caller, type RequestIdentity } from '@poinciana/service-kit';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { ChannelHealth } from '../handlers/channel-health.js';
import { Suppress } from '../handlers/suppress.js';

const PAGE_MAX = 200;

export class SuppressionPageRequest {
  @ApiPropertyOptional({ minimum: 1, maximum: PAGE_MAX, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_MAX)
  readonly limit: number = 50;

  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the page before.' })
  @IsOptional()
  @IsUUID()
  readonly after?: string;
}

export class SuppressionAnswer {
  @ApiProperty({ format: 'uuid', example: '8f7f4d0e-7c7a-5d53-9d1e-2f6b2a0c1e11' }) readonly channelId!: string;
  @ApiProperty({ format: 'uuid' }) readonly customerId!: string;
}

export class SuppressionPageAnswer {
  @ApiProperty({ type: [SuppressionAnswer] }) readonly items!: readonly SuppressionAnswer[];
  @ApiPropertyOptional({ format: 'uuid' }) readonly next?: string;
}

@ApiTags('suppressions')
@ApiBearerAuth()
@Controller()
export class SuppressionsController {
  constructor(
    private readonly suppress: Suppress,
    private readonly channels: ChannelHealth<unknown>,
  ) {}

  @Get('channels/:channelId/suppressions')
  @ApiOperation({ summary: 'Customers who do not want to be contacted on a channel, page by page' })
  @ApiOkResponse({ type: SuppressionPageAnswer })
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Query() { limit, after }: SuppressionPageRequest,
  ): Promise<SuppressionPageAnswer> {
    const read = await this.suppress.ofChannel(workspace, channelId.toLowerCase(), after?.toLowerCase(), limit + 1);
    const items = read.slice(0, limit);
    const next = read.length > limit ? items.at(-1)?.customerId : undefined;
    return next === undefined ? { items } : { items, next };
  }

  @Get('customers/:customerId/suppressions')
  @ApiOperation({ summary: 'The channels on which a customer does not want to be contacted' })
  @ApiOkResponse({ type: SuppressionPageAnswer })
  async ofCustomer(
    @CurrentCaller() { workspace }: Caller,
    @Param('customerId', ParseUUIDPipe) customerId: string,
  ): Promise<SuppressionPageAnswer> {
    return { items: await this.suppress.ofCustomer(workspace, customerId.toLowerCase()) };
  }

  @Put('channels/:channelId/suppressions/:customerId')
  @HttpCode(204)
  @Roles('manager')
  @ApiOperation({ summary: 'From now on nothing is sent to the customer on the channel' })
  @ApiNoContentResponse()
  async put(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Param('customerId', ParseUUIDPipe) customerId: string,
  ): Promise<void> {
    await this.suppress.suppress(await this.requestOf(caller, request, channelId, customerId), 'user');
  }

  @Delete('channels/:channelId/suppressions/:customerId')
  @HttpCode(204)
  @Roles('manager')
  @ApiOperation({ summary: 'The customer may be contacted on the channel again' })
  @ApiNoContentResponse()
  async lift(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Param('customerId', ParseUUIDPipe) customerId: string,
  ): Promise<void> {
    await this.suppress.lift(await this.requestOf(caller, request, channelId, customerId));
  }

  /** The channel must be the workspace's own: a row of the list is found by channel and customer alone. */
  private async requestOf(
    { workspace, subject }: Caller,
    { causation }: RequestIdentity,
    channelId: string,
    customerId: string,
  ) {
    const channel = await this.channels.one(workspace, channelId.toLowerCase());
    return {
      workspace,
      causation,
      actor: `user:${subject}`,
      channelId: channel.id,
      customerId: customerId.toLowerCase(),
    };
  }
}
