import { ApiProperty } from '@nestjs/swagger';
import { PageFacts } from '../../http/page-answer.js';
import type { CampaignLine } from './campaign-view.js';

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
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly modifiedAt!: string;
}

export class CampaignPageAnswer extends PageFacts {
  @ApiProperty({ type: [CampaignLineAnswer] })
  readonly items!: readonly CampaignLineAnswer[];
}
