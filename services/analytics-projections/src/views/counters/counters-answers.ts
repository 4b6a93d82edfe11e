import { ApiProperty } from '@nestjs/swagger';
import type { CampaignNumbers, FlowRuns, NamedCommunications, PeopleOnPath, ReasonCount } from './campaign-numbers.js';

const COUNTS = {
  type: 'object',
  additionalProperties: { type: 'integer' },
  example: { Completed: 310, NoResponse: 92 },
} as const;

export class ReasonCountAnswer implements ReasonCount {
  @ApiProperty({ example: 'window_passed' })
  readonly code!: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'null: no communication was made at all.',
    example: 'Skipped',
  })
  readonly status!: string | null;
  @ApiProperty({ example: 12 })
  readonly count!: number;
  @ApiProperty({ example: 'The time window for sending was already over.' })
  readonly sentence!: string;
  @ApiProperty()
  readonly advice!: string;
}

export class NotSentAnswer {
  @ApiProperty({ type: [ReasonCountAnswer] })
  readonly items!: readonly ReasonCountAnswer[];
}

class NamedCommunicationsAnswer implements NamedCommunications {
  @ApiProperty({ example: 'REMINDED_DUE_DATE' })
  readonly name!: string;
  @ApiProperty()
  readonly total!: number;
  @ApiProperty(COUNTS)
  readonly statuses!: NamedCommunications['statuses'];
}

class CommunicationNumbersAnswer {
  @ApiProperty()
  readonly total!: number;
  @ApiProperty({ ...COUNTS, example: { inProgress: 3, successful: 310, notCompleted: 92 } })
  readonly groups!: CampaignNumbers['communications']['groups'];
  @ApiProperty(COUNTS)
  readonly statuses!: CampaignNumbers['communications']['statuses'];
  @ApiProperty({ type: [NamedCommunicationsAnswer] })
  readonly names!: readonly NamedCommunicationsAnswer[];
}

class PeopleOnPathAnswer implements PeopleOnPath {
  @ApiProperty({ type: [String], example: ['remind-before'] })
  readonly nodeIds!: readonly string[];
  @ApiProperty({ example: 'Early reminder' })
  readonly title!: string;
  @ApiProperty({ example: 412 })
  readonly people!: number;
}

class FlowRunsAnswer implements FlowRuns {
  @ApiProperty()
  readonly flowId!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly flowName!: string;
  @ApiProperty({ example: 'Participant Created' })
  readonly trigger!: string;
  @ApiProperty()
  readonly runs!: number;
  @ApiProperty()
  readonly failed!: number;
  @ApiProperty({ type: [PeopleOnPathAnswer] })
  readonly paths!: readonly PeopleOnPathAnswer[];
}

class RunNumbersAnswer {
  @ApiProperty()
  readonly total!: number;
  @ApiProperty()
  readonly failed!: number;
  @ApiProperty({ type: [FlowRunsAnswer] })
  readonly flows!: readonly FlowRunsAnswer[];
}

export class CampaignNumbersAnswer implements CampaignNumbers {
  @ApiProperty({ example: 1000 })
  readonly participants!: number;
  @ApiProperty({ type: CommunicationNumbersAnswer })
  readonly communications!: CommunicationNumbersAnswer;
  @ApiProperty({ type: RunNumbersAnswer })
  readonly runs!: RunNumbersAnswer;
  @ApiProperty({ type: [ReasonCountAnswer] })
  readonly reasons!: readonly ReasonCountAnswer[];
}
