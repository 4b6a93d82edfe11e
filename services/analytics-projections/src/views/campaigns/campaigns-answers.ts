import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageFacts } from '../../http/page-answer.js';
import type { CampaignLine } from './campaign-view.js';

/** Why every send of a campaign must fail. */
export class CampaignErrorLine {
  @ApiProperty({ example: 'channel_refused' })
  readonly code!: string;
  @ApiProperty({
    example: 'WhatsApp: The provider refuses the channel. Check its credentials in the channel settings.',
  })
  readonly sentence!: string;
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  readonly agentId?: string | undefined;
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  readonly channelId?: string | undefined;
}

export class CampaignLineAnswer implements CampaignLine {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly name!: string;
  @ApiProperty()
  readonly description!: string;
  @ApiProperty({ enum: ['flow', 'python'] })
  readonly kind!: string;
  @ApiProperty({ enum: ['Inactive', 'Active', 'Error'] })
  readonly status!: string;
  @ApiPropertyOptional({ type: CampaignErrorLine, description: 'Why the status is Error.' })
  readonly error?: CampaignErrorLine | undefined;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly modifiedAt!: string;
}

export class CampaignPageAnswer extends PageFacts {
  @ApiProperty({ type: [CampaignLineAnswer] })
  readonly items!: readonly CampaignLineAnswer[];
}
