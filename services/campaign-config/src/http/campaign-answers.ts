import { ApiProperty } from '@nestjs/swagger';
import type { Campaign } from '../domain/campaign.js';

/** A campaign as its writer knows it. */
export class CampaignAnswer {
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
}

export function campaignAnswer({ id, name, description, kind, status }: Campaign): CampaignAnswer {
  return { id, name, description, kind, status };
}
