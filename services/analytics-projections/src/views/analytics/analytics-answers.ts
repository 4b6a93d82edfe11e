import { ApiProperty } from '@nestjs/swagger';
import type {
  CampaignAnalytics,
  Outcomes,
  OutcomesOf,
  ReasonNumber,
  ReplyTimes,
  Totals,
  VolumePoint,
} from './campaign-analytics.js';
import type { Funnel, FunnelEdge, FunnelNode } from './funnel.js';

class GroupsAnswer {
  @ApiProperty({ example: 120 })
  readonly inProgress!: number;
  @ApiProperty({ example: 300 })
  readonly successful!: number;
  @ApiProperty({ example: 80 })
  readonly notCompleted!: number;
}

class OutcomesAnswer implements Outcomes {
  @ApiProperty({ example: 500 })
  readonly planned!: number;
  @ApiProperty({ type: GroupsAnswer })
  readonly groups!: GroupsAnswer;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { Completed: 300, Planned: 120, NoResponse: 80 },
  })
  readonly statuses!: Outcomes['statuses'];
}

class OutcomesOfAnswer extends OutcomesAnswer implements OutcomesOf {
  @ApiProperty({ example: 'whatsapp' })
  readonly id!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly title!: string;
}

class NodeOutcomesAnswer extends OutcomesOfAnswer {
  @ApiProperty()
  readonly flowId!: string;
}

export class TotalsAnswer extends OutcomesAnswer implements Totals {
  @ApiProperty({ description: 'Participants who came.', example: 988 })
  readonly joined!: number;
  @ApiProperty({ example: 480 })
  readonly started!: number;
  @ApiProperty({ example: 210 })
  readonly replied!: number;
  @ApiProperty({ example: 380 })
  readonly ended!: number;
}

export class VolumePointAnswer extends TotalsAnswer implements VolumePoint {
  @ApiProperty({ format: 'date-time', description: 'The first instant of the interval.' })
  readonly at!: string;
}

class ReasonNumberAnswer implements ReasonNumber {
  @ApiProperty({ example: 'window_passed' })
  readonly code!: string;
  @ApiProperty({ example: 'Skipped' })
  readonly status!: string;
  @ApiProperty({ example: 12 })
  readonly count!: number;
  @ApiProperty({ example: 'The time window for sending was already over.' })
  readonly sentence!: string;
  @ApiProperty()
  readonly advice!: string;
}

class RepliesUpToAnswer {
  @ApiProperty({ type: 'integer', nullable: true, example: 300 })
  readonly seconds!: number | null;
  @ApiProperty({ example: 42 })
  readonly replies!: number;
}

class ReplyTimesAnswer implements ReplyTimes {
  @ApiProperty({ example: 210 })
  readonly replies!: number;
  @ApiProperty({ type: 'integer', nullable: true, example: 640 })
  readonly averageSeconds!: number | null;
  @ApiProperty({ type: [RepliesUpToAnswer] })
  readonly upTo!: readonly RepliesUpToAnswer[];
}

export class CampaignAnalyticsAnswer extends TotalsAnswer implements CampaignAnalytics {
  @ApiProperty({ type: [VolumePointAnswer] })
  readonly series!: readonly VolumePointAnswer[];
  @ApiProperty({ type: [OutcomesOfAnswer] })
  readonly flows!: readonly OutcomesOfAnswer[];
  @ApiProperty({ type: [NodeOutcomesAnswer] })
  readonly nodes!: readonly NodeOutcomesAnswer[];
  @ApiProperty({ type: [OutcomesOfAnswer] })
  readonly channels!: readonly OutcomesOfAnswer[];
  @ApiProperty({ type: [OutcomesOfAnswer] })
  readonly agents!: readonly OutcomesOfAnswer[];
  @ApiProperty({ type: [OutcomesOfAnswer] })
  readonly names!: readonly OutcomesOfAnswer[];
  @ApiProperty({ type: [ReasonNumberAnswer] })
  readonly reasons!: readonly ReasonNumberAnswer[];
  @ApiProperty({ type: ReplyTimesAnswer })
  readonly timeToReply!: ReplyTimesAnswer;
}

class FunnelNodeAnswer implements FunnelNode {
  @ApiProperty({ example: 'is-paid' })
  readonly id!: string;
  @ApiProperty({ example: 'Is paid?' })
  readonly title!: string;
  @ApiProperty({ example: 'field-check' })
  readonly type!: string;
  @ApiProperty({ example: 988 })
  readonly entered!: number;
  @ApiProperty({ example: 88, description: 'Went no further.' })
  readonly stopped!: number;
}

class FunnelEdgeAnswer implements FunnelEdge {
  @ApiProperty({ example: 'is-paid' })
  readonly from!: string;
  @ApiProperty({ example: 'match' })
  readonly output!: string;
  @ApiProperty({ example: 'Match' })
  readonly outputTitle!: string;
  @ApiProperty({ example: 'due-soon' })
  readonly to!: string;
  @ApiProperty({ example: 900 })
  readonly taken!: number;
  @ApiProperty({ example: 0.91, description: 'Of those who entered `from`.' })
  readonly share!: number;
}

class FunnelAnswer implements Funnel {
  @ApiProperty()
  readonly flowId!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly flowName!: string;
  @ApiProperty({ example: 1 })
  readonly version!: number;
  @ApiProperty({ type: [FunnelNodeAnswer] })
  readonly nodes!: readonly FunnelNodeAnswer[];
  @ApiProperty({ type: [FunnelEdgeAnswer] })
  readonly edges!: readonly FunnelEdgeAnswer[];
}

export class FunnelsAnswer {
  @ApiProperty({ type: [FunnelAnswer] })
  readonly items!: readonly FunnelAnswer[];
}

class ComparedCampaignAnswer extends TotalsAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly name!: string;
  @ApiProperty({ type: TotalsAnswer, nullable: true, description: 'The same of the period to compare with.' })
  readonly against!: TotalsAnswer | null;
}

export class ComparisonAnswer {
  @ApiProperty({ type: [ComparedCampaignAnswer] })
  readonly campaigns!: readonly ComparedCampaignAnswer[];
  @ApiProperty({ type: TotalsAnswer, description: 'All of them together.' })
  readonly total!: TotalsAnswer;
  @ApiProperty({ type: TotalsAnswer, nullable: true })
  readonly totalAgainst!: TotalsAnswer | null;
  @ApiProperty({ type: [VolumePointAnswer] })
  readonly series!: readonly VolumePointAnswer[];
}
