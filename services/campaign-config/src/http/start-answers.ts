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

/** Something that Start asks, and where stands how many it concerns. */
export class StartQuestionAnswer {
  @ApiProperty({ enum: ['pauseAnswer', 'overdueAnswer'], description: 'The member of the request to start.' })
  readonly name!: string;
  @ApiProperty({ type: [String] })
  readonly options!: readonly string[];
  @ApiProperty({ description: 'What holds when nothing is answered.' })
  readonly default!: string;
  @ApiProperty({ description: 'Who knows how many it concerns.' })
  readonly counts!: string;
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
  @ApiProperty({ type: [StartQuestionAnswer] })
  readonly questions!: readonly StartQuestionAnswer[];
}

export function startPreviewAnswer(campaignId: string, preview: StartPreview): StartPreviewAnswer {
  const { status, error, refusal, flows } = preview;
  return {
    status,
    ...(error === undefined ? {} : { error }),
    ...(refusal === undefined ? {} : { refusal }),
    flows,
    questions: [
      {
        name: 'pauseAnswer',
        options: ['run', 'newcomersOnly'],
        default: 'run',
        counts: `/api/flows/campaigns/${campaignId}/pause`,
      },
      {
        name: 'overdueAnswer',
        options: ['skip', 'replan'],
        default: 'skip',
        counts: `/api/views/campaigns/${campaignId}/communications?status=Planned`,
      },
    ],
  };
}
