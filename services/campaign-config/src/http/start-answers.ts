import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Problem } from '@poinciana/campaign-definition';
import type { StartPreview } from '../handlers/preview-start.js';
import { CampaignErrorAnswer } from './campaign-answers.js';
import { ProblemAnswer } from './flow-answers.js';

export class RefusalAnswer {
  @ApiProperty({ example: 'no_active_flow' })
  readonly code!: string;
  @ApiProperty()
  readonly detail!: string;
}

export class FlowToStartAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly flowId!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty()
  readonly version!: number;
  @ApiProperty({ type: [ProblemAnswer] })
  readonly problems!: readonly Problem[];
}

/** What happened while the campaign was not Active. */
export class PauseAnswer {
  @ApiProperty({ description: 'People for whom something waits, each once.' })
  readonly people!: number;
  @ApiProperty({ description: 'Of them, those who came during the pause.' })
  readonly participantsCreated!: number;
  @ApiProperty({ description: 'Of them, those one of whose communications ended during the pause.' })
  readonly communicationsEnded!: number;
  @ApiProperty({ description: 'Communications that were not sent before their window was over.' })
  readonly communicationsOverdue!: number;
}

/** Something that Start asks. */
export class StartQuestionAnswer {
  @ApiProperty({ enum: ['pauseAnswer', 'overdueAnswer'], description: 'The member of the request to start.' })
  readonly name!: string;
  @ApiProperty({ type: [String] })
  readonly options!: readonly string[];
  @ApiProperty({ description: 'What holds when nothing is answered.' })
  readonly default!: string;
  @ApiProperty({ description: 'How many people, or communications, it concerns; with 0 there is nothing to ask.' })
  readonly concerns!: number;
}

/** What Start would say now, and what it asks. */
export class StartPreviewAnswer {
  @ApiProperty({ enum: ['Inactive', 'Active', 'Error'] })
  readonly status!: string;
  @ApiPropertyOptional({ type: CampaignErrorAnswer })
  readonly error?: CampaignErrorAnswer;
  @ApiPropertyOptional({ type: RefusalAnswer, description: 'Absent when the campaign can be started.' })
  readonly refusal?: RefusalAnswer;
  @ApiProperty({ type: [FlowToStartAnswer], description: 'The active flows, in list order.' })
  readonly flows!: readonly FlowToStartAnswer[];
  @ApiProperty({ type: PauseAnswer })
  readonly pause!: PauseAnswer;
  @ApiProperty({ type: [StartQuestionAnswer] })
  readonly questions!: readonly StartQuestionAnswer[];
}

export function startPreviewAnswer({ status, error, refusal, flows, pause }: StartPreview): StartPreviewAnswer {
  return {
    status,
    ...(error === undefined ? {} : { error }),
    ...(refusal === undefined ? {} : { refusal }),
    flows,
    pause,
    questions: [
      { name: 'pauseAnswer', options: ['run', 'newcomersOnly'], default: 'run', concerns: pause.people },
      {
        name: 'overdueAnswer',
        options: ['skip', 'replan'],
        default: 'skip',
        concerns: pause.communicationsOverdue,
      },
    ],
  };
}
