import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { campaign as contract } from '@poinciana/contracts';
import type { Campaign, CampaignFlow } from '../domain/campaign.js';
import { namesOf } from '../domain/campaign-decider.js';
import { versionOf } from '../domain/campaign-flows.js';
import { etagOf } from '../domain/seen-state.js';

const ETAG = { description: 'Names the state that was read, for if-match.' };

export class FlowAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly name!: string;
  @ApiProperty({ description: 'The newest version, counted from 1.', example: 3 })
  readonly version!: number;
  @ApiProperty()
  readonly active!: boolean;
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  readonly nodes!: readonly contract.FlowNode[];
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  readonly edges!: readonly contract.FlowEdge[];
  @ApiProperty(ETAG)
  readonly etag!: string;
}

/** Why every send of a campaign must fail. */
export class CampaignErrorAnswer {
  @ApiProperty({ example: 'channel_refused' })
  readonly code!: string;
  @ApiProperty({ example: 'The provider refused the channel or its credentials. (WhatsApp)' })
  readonly sentence!: string;
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  readonly agentId?: string | undefined;
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  readonly channelId?: string | undefined;
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
  @ApiPropertyOptional({ type: CampaignErrorAnswer, description: 'Why the status is Error.' })
  readonly error?: CampaignErrorAnswer;
  @ApiProperty({ ...ETAG, example: '5b7dd486-f3ff-5a40-9193-5bc80a069e5e' })
  readonly etag!: string;
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'In the order of the Data tab.' })
  readonly fields!: readonly contract.Field[];
  @ApiProperty(ETAG)
  readonly fieldsEtag!: string;
  @ApiProperty({ type: [FlowAnswer], description: 'In list order.' })
  readonly flows!: readonly FlowAnswer[];
}

export function campaignAnswer(campaign: Campaign): CampaignAnswer {
  const { id, name, description, kind, status, error, fields, flows } = campaign;
  return {
    id,
    name,
    description,
    kind,
    status,
    ...(error === undefined ? {} : { error }),
    etag: etagOf(namesOf(campaign)),
    fields,
    fieldsEtag: etagOf(fields),
    flows: flows.map(flowAnswer),
  };
}

export function flowAnswer(flow: CampaignFlow): FlowAnswer {
  return { ...flow.flow, version: flow.version, active: flow.active, etag: etagOf(versionOf(flow)) };
}
