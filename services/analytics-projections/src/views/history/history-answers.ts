import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ReasonAnswer } from '../communications/communications-answers.js';
import type { TimelineEntry } from './timeline.js';
import type { Why, WhyCommunication, WhyEvent, WhyRun, WhyStep } from './why.js';
import type { WhyAnswer, WhyAnswerKind } from './why-communication.js';

const TEXT_OR_NULL = { type: 'string', nullable: true } as const;

export class TimelineEntryAnswer implements TimelineEntry {
  @ApiProperty({ format: 'uuid' })
  readonly eventId!: string;
  @ApiProperty({ example: '0:42', description: 'Where it stands in the log.' })
  readonly position!: string;
  @ApiProperty({ format: 'date-time' })
  readonly time!: string;
  @ApiProperty({ enum: ['participant', 'run', 'communication', 'message'] })
  readonly kind!: TimelineEntry['kind'];
  @ApiProperty({ example: 'CommunicationStarted' })
  readonly type!: string;
  @ApiProperty({ example: 'REMINDED_DUE_DATE sent over WhatsApp.' })
  readonly sentence!: string;
  @ApiProperty({ type: [String], example: ['Due Date: 2026-11-24 → 2026-11-30'] })
  readonly changes!: readonly string[];
  @ApiProperty({
    ...TEXT_OR_NULL,
    description: 'The eventId of the entry that caused it; null when the cause lies outside.',
  })
  readonly causedBy!: string | null;
  @ApiProperty(TEXT_OR_NULL)
  readonly runId!: string | null;
  @ApiProperty(TEXT_OR_NULL)
  readonly communicationId!: string | null;
}

export class TimelineAnswer {
  @ApiProperty({ type: [TimelineEntryAnswer] })
  readonly items!: readonly TimelineEntryAnswer[];
  @ApiPropertyOptional({ description: 'Where the next page begins; absent on the last page.' })
  readonly next?: string;
}

class WhyStepAnswer implements WhyStep {
  @ApiProperty({ example: 2 })
  readonly number!: number;
  @ApiProperty({ example: 'is-paid' })
  readonly nodeId!: string;
  @ApiProperty({ example: 'Is Payment Received false is equal to false: Match' })
  readonly sentence!: string;
  @ApiProperty({ ...TEXT_OR_NULL, example: 'window_passed' })
  readonly code!: string | null;
  @ApiProperty()
  readonly advice!: string;
}

class WhyEventAnswer implements WhyEvent {
  @ApiProperty({ format: 'date-time' })
  readonly time!: string;
  @ApiProperty()
  readonly type!: string;
  @ApiProperty()
  readonly sentence!: string;
}

class WhyChangeAnswer extends WhyEventAnswer {
  @ApiProperty({ type: [String] })
  readonly fields!: readonly string[];
}

class WhyCommunicationAnswer implements WhyCommunication {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ example: 'REMINDED_DUE_DATE' })
  readonly name!: string;
  @ApiProperty({ example: 'WhatsApp' })
  readonly channel!: string;
  @ApiProperty({ example: 'Completed' })
  readonly status!: string;
  @ApiProperty(TEXT_OR_NULL)
  readonly sendAt!: string | null;
  @ApiProperty(TEXT_OR_NULL)
  readonly windowEnd!: string | null;
  @ApiProperty({ example: 'at once, inside the window 09:00–18:00' })
  readonly because!: string;
  @ApiProperty({ type: ReasonAnswer, nullable: true })
  readonly reason!: ReasonAnswer | null;
  @ApiProperty({ type: [WhyEventAnswer] })
  readonly history!: readonly WhyEventAnswer[];
}

class WhyRunAnswer implements WhyRun {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ format: 'date-time' })
  readonly time!: string;
  @ApiProperty()
  readonly flowId!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly flowName!: string;
  @ApiProperty()
  readonly flowVersion!: number;
  @ApiProperty({ example: 'Participant Created' })
  readonly trigger!: string;
  @ApiProperty()
  readonly firedBy!: string;
  @ApiProperty()
  readonly caughtUp!: boolean;
  @ApiProperty({ type: [WhyStepAnswer] })
  readonly steps!: readonly WhyStepAnswer[];
  @ApiProperty({ type: [String] })
  readonly fieldChanges!: readonly string[];
  @ApiProperty(TEXT_OR_NULL)
  readonly failure!: string | null;
  @ApiProperty({ type: [WhyCommunicationAnswer] })
  readonly communications!: readonly WhyCommunicationAnswer[];
}

export class WhyParticipantAnswer implements Why {
  @ApiProperty({ format: 'uuid' })
  readonly participantId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty(TEXT_OR_NULL)
  readonly name!: Why['name'];
  @ApiProperty({ example: 'Europe/Madrid' })
  readonly timeZone!: string;
  @ApiProperty({ example: 'UTC' })
  readonly workspaceTimeZone!: string;
  @ApiProperty({ example: 'Contacted twice; last WhatsApp REMINDED_DUE_DATE, Completed, 20 Nov 2026. Next: none.' })
  readonly sentence!: string;
  @ApiProperty({ type: [WhyChangeAnswer] })
  readonly changes!: readonly WhyChangeAnswer[];
  @ApiProperty({ type: [WhyRunAnswer] })
  readonly runs!: readonly WhyRunAnswer[];
  @ApiProperty({ description: 'Whether older events were left out.' })
  readonly isCut!: boolean;
}

export class WhyCommunicationNamedAnswer implements WhyAnswer {
  @ApiProperty({ ...TEXT_OR_NULL, example: 'REMINDED_BEFORE_2D', description: 'null for a node that plans none.' })
  readonly communication!: string | null;
  @ApiProperty({ enum: ['sent', 'reached', 'planned', 'reason', 'stopped', 'notTriggered', 'unknown'] })
  readonly answer!: WhyAnswerKind;
  @ApiProperty({
    example: 'Stopped before Early reminder: Due Date 2026-11-22 is on or after Today + 3 days (2026-11-23): Else',
  })
  readonly sentence!: string;
  @ApiProperty(TEXT_OR_NULL)
  readonly code!: string | null;
  @ApiProperty()
  readonly advice!: string;
  @ApiProperty(TEXT_OR_NULL)
  readonly flowId!: string | null;
  @ApiProperty(TEXT_OR_NULL)
  readonly nodeId!: string | null;
  @ApiProperty(TEXT_OR_NULL)
  readonly communicationId!: string | null;
}
