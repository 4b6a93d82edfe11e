import { COMMUNICATION_STATUSES, type StatusGroup } from '@poinciana/campaign-definition';
import { ApiProperty } from '@nestjs/swagger';
import { PageFacts } from '../../http/page-answer.js';
import type { CampaignCommunicationItem, CommunicationItem, CommunicationReason } from './communication-items.js';

const INSTANT = { type: 'string', format: 'date-time', nullable: true } as const;

export class ReasonAnswer implements CommunicationReason {
  @ApiProperty({ example: 'window_passed' })
  readonly code!: string;
  @ApiProperty({ example: 'The time window for sending was already over.' })
  readonly sentence!: string;
  @ApiProperty({ description: 'What one can do about it.' })
  readonly advice!: string;
}

export class CommunicationItemAnswer implements CommunicationItem {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly participantId!: string;
  @ApiProperty()
  readonly flowId!: string;
  @ApiProperty({ format: 'uuid', description: 'The run that planned it.' })
  readonly runId!: string;
  @ApiProperty()
  readonly nodeId!: string;
  @ApiProperty({ example: 'REMINDED_DUE_DATE' })
  readonly name!: string;
  @ApiProperty()
  readonly agentId!: string;
  @ApiProperty()
  readonly channelId!: string;
  @ApiProperty({ example: 'whatsapp' })
  readonly channelType!: string;
  @ApiProperty({ enum: COMMUNICATION_STATUSES })
  readonly status!: string;
  @ApiProperty({ enum: ['inProgress', 'successful', 'notCompleted'] })
  readonly group!: StatusGroup;
  @ApiProperty({ type: ReasonAnswer, nullable: true })
  readonly reason!: ReasonAnswer | null;
  @ApiProperty(INSTANT)
  readonly sendAt!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly plannedAt!: string;
  @ApiProperty(INSTANT)
  readonly startedAt!: string | null;
  @ApiProperty(INSTANT)
  readonly repliedAt!: string | null;
  @ApiProperty(INSTANT)
  readonly endedAt!: string | null;
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  readonly sessionId!: string | null;
  @ApiProperty({ description: 'Sends that were asked of the provider.' })
  readonly attempts!: number;
}

export class CampaignCommunicationItemAnswer extends CommunicationItemAnswer implements CampaignCommunicationItem {
  @ApiProperty({ nullable: true, type: 'string', example: 'Anna Kowalska' })
  readonly participantName!: CampaignCommunicationItem['participantName'];
}

export class CommunicationPageAnswer extends PageFacts {
  @ApiProperty({ type: [CommunicationItemAnswer] })
  readonly items!: readonly CommunicationItemAnswer[];
}

export class CampaignCommunicationPageAnswer extends CommunicationPageAnswer {
  @ApiProperty({ type: [CampaignCommunicationItemAnswer] })
  declare readonly items: readonly CampaignCommunicationItemAnswer[];
}
