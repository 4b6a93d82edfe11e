import { ApiProperty } from '@nestjs/swagger';
import type { campaign as contract } from '@poinciana/contracts';
import type { Campaign } from '../domain/campaign.js';

export class FlowAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ description: 'The newest version, counted from 1.' })
  readonly version!: number;
  @ApiProperty()
  readonly active!: boolean;
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  readonly nodes!: readonly contract.FlowNode[];
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  readonly edges!: readonly contract.FlowEdge[];
}

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
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'In the order of the Data tab.' })
  readonly fields!: readonly contract.Field[];
  @ApiProperty({ type: [FlowAnswer], description: 'In list order.' })
  readonly flows!: readonly FlowAnswer[];
}

export function campaignAnswer({ id, name, description, kind, status, fields, flows }: Campaign): CampaignAnswer {
  const flowAnswers = flows.map(({ flow, version, active }) => ({ ...flow, version, active }));
  return { id, name, description, kind, status, fields, flows: flowAnswers };
}
