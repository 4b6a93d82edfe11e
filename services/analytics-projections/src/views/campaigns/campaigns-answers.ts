import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TOTAL_EXACT_MAX } from '../page.js';
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

export class CampaignPageAnswer {
  @ApiProperty({ type: [CampaignLineAnswer] })
  readonly items!: readonly CampaignLineAnswer[];
  @ApiProperty({ description: `How many match; exact up to ${TOTAL_EXACT_MAX}.` })
  readonly total!: number;
  @ApiPropertyOptional({ description: 'Where the next page begins; absent on the last page.' })
  readonly next?: string;
}
