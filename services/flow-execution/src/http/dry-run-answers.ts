import { ApiProperty } from '@nestjs/swagger';
import type { CutRun, FlowRun, Sentence } from '@poinciana/flow-engine';
import type { ParticipantTrial, ToldRun } from '../handlers/try-participant.js';

export class ToldRunAnswer implements ToldRun {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Path, plans, cancels, field changes.' })
  readonly run!: FlowRun;
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'One for each step.' })
  readonly sentences!: readonly Sentence[];
}

/** What would happen. */
export class DryRunAnswer implements ParticipantTrial {
  @ApiProperty({
    format: 'date-time',
    description: 'The instant that it pretended to be.',
    example: '2026-11-20T09:00:00.000Z',
  })
  readonly at!: string;
  @ApiProperty({ type: [ToldRunAnswer], description: 'In the order in which they would run.' })
  readonly runs!: readonly ToldRunAnswer[];
  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Runs that a bound would cut.' })
  readonly cuts!: readonly CutRun[];
}
