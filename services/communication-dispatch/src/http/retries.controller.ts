import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { reason } from '@poinciana/campaign-definition';
import {
  CurrentCaller,
  CurrentRequest,
  MayBeLeftOut,
  Roles,
  type Caller,
  type RequestIdentity,
} from '@poinciana/service-kit';
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator';
import { RETRIED_CODES, RetryFailed } from '../handlers/retry-failed.js';

const CODES_MAX = 50;

class FailureCountAnswer {
  @ApiProperty({ example: 'mailbox_full' }) readonly code!: string;
  @ApiProperty({ description: 'What the code means, in a sentence.' }) readonly sentence!: string;
  @ApiProperty() readonly count!: number;
  @ApiProperty({ description: 'Whether it is tried again without being named; `outcome_unknown` may have been sent.' })
  readonly isRetried!: boolean;
}

export class RetryPreviewAnswer {
  @ApiProperty({ type: [FailureCountAnswer] }) readonly items!: readonly FailureCountAnswer[];
}

export class RetryRequestBody {
  @ApiPropertyOptional({
    type: [String],
    description: 'Only failures with these codes; by default all that are retried.',
    example: ['provider_unavailable'],
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(CODES_MAX)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  readonly codes?: string[];
}

export class RetryAnswer {
  @ApiProperty({ description: 'Planned anew, for the next window.', example: 12 }) readonly planned!: number;
  @ApiProperty({
    description:
      'The participant is gone or was reached after all, there is no time left, or another one of that name is in progress.',
  })
  readonly passedOver!: number;
  @ApiProperty({ description: 'Still to be tried: repeat the request.' }) readonly left!: number;
}

@ApiTags('communications')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/failed')
export class RetriesController {
  constructor(private readonly retries: RetryFailed<unknown>) {}

  @Get()
  @ApiOperation({ summary: 'What failed in a campaign and was not tried again, by its code' })
  @ApiOkResponse({ type: RetryPreviewAnswer })
  async preview(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<RetryPreviewAnswer> {
    const counts = await this.retries.preview(workspace, campaignId.toLowerCase());
    return {
      items: [...counts].map(([code, count]) => ({
        code,
        sentence: reason(code).sentence,
        count,
        isRetried: RETRIED_CODES.includes(code),
      })),
    };
  }

  @Post('retry')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({
    summary: 'Plans failed communications anew, each once, up to 1,000 a request; the failed ones stay Failed',
  })
  @ApiOkResponse({ type: RetryAnswer })
  async retry(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() { codes = [...RETRIED_CODES] }: RetryRequestBody,
  ): Promise<RetryAnswer> {
    return this.retries.retry({ workspace, campaignId: campaignId.toLowerCase(), codes, subject, causation });
  }
}
