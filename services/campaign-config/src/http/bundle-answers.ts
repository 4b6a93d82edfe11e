import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Problem } from '@poinciana/campaign-definition';
import type { ImportPreview } from '../handlers/import-campaign.js';
import { ProblemAnswer } from './flow-answers.js';

/** An agent or a channel that the flows need. */
export class PlannedReferenceAnswer {
  @ApiProperty({ description: 'As it is called here, or where the bundle comes from.' })
  readonly name!: string;
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Which of this workspace it is; absent when it is missing here.',
  })
  readonly id?: string;
}

export class PlannedFlowAnswer {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty()
  readonly nodes!: number;
  @ApiProperty({ type: [ProblemAnswer], description: 'What stands between the flow and its activation here.' })
  readonly problems!: readonly Problem[];
}

/** What an import would create, and what is missing here. */
export class ImportPreviewAnswer {
  @ApiProperty({ description: 'With a number behind it when the name is taken.' })
  readonly name!: string;
  @ApiProperty()
  readonly description!: string;
  @ApiProperty({ description: 'Tells whether two bundles define the same.' })
  readonly hash!: string;
  @ApiProperty({ type: [String], description: 'Names of the fields, in the order of the Data tab.' })
  readonly fields!: readonly string[];
  @ApiProperty({ type: [String], description: 'Customer profile fields that are new in this workspace.' })
  readonly newProfileFields!: readonly string[];
  @ApiProperty({ type: [PlannedFlowAnswer] })
  readonly flows!: readonly PlannedFlowAnswer[];
  @ApiProperty({ type: [PlannedReferenceAnswer] })
  readonly agents!: readonly PlannedReferenceAnswer[];
  @ApiProperty({ type: [PlannedReferenceAnswer] })
  readonly channels!: readonly PlannedReferenceAnswer[];
}

export function importPreviewAnswer(preview: ImportPreview): ImportPreviewAnswer {
  const { name, description, hash, fields, newProfileFields, flows, problems, agents, channels } = preview;
  return {
    name,
    description,
    hash,
    fields: fields.map((field) => field.name),
    newProfileFields,
    flows: flows.map((flow, index) => ({ name: flow.name, nodes: flow.nodes.length, problems: problems[index] ?? [] })),
    agents: agents.map(referenceAnswer),
    channels: channels.map(referenceAnswer),
  };
}

function referenceAnswer({ name, id }: ImportPreview['agents'][number]): PlannedReferenceAnswer {
  return id === undefined ? { name } : { name, id };
}
