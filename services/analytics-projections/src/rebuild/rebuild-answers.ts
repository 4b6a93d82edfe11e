import { ApiProperty } from '@nestjs/swagger';
import type { RebuildPhase, RebuildState, RebuildStatus } from './rebuild-views.js';
import type { GroupReplay } from './replay.js';
import type { Difference, TableVerdict, Verification, VerifyStatus } from './verify-views.js';

const TEXT_OR_NULL = { type: 'string', nullable: true } as const;

class GroupReplayAnswer implements GroupReplay {
  @ApiProperty({ example: 'analytics-projections.participants' })
  readonly group!: string;
  @ApiProperty({ example: 120_000, description: 'Everything of the log up to this number is in the tables.' })
  readonly position!: number;
  @ApiProperty({ example: 480_000 })
  readonly head!: number;
  @ApiProperty({ example: 0 })
  readonly deadLetters!: number;
}

export class RebuildStatusAnswer implements RebuildStatus {
  @ApiProperty({ enum: ['none', 'running', 'interrupted', 'done', 'failed'], example: 'running' })
  readonly state!: RebuildState;
  @ApiProperty({ ...TEXT_OR_NULL, enum: ['replaying', 'indexing', 'swapping', null], example: 'replaying' })
  readonly phase!: RebuildPhase | null;
  @ApiProperty({ type: [GroupReplayAnswer] })
  readonly groups!: readonly GroupReplayAnswer[];
  @ApiProperty({ ...TEXT_OR_NULL, description: 'Why it failed.', example: null })
  readonly problem!: string | null;
}

class TableVerdictAnswer implements TableVerdict {
  @ApiProperty({ example: 'participant' })
  readonly table!: string;
  @ApiProperty({ description: "'' where rows belong to no campaign.", example: '1c000000-0000-4000-8000-000000000001' })
  readonly campaignId!: string;
  @ApiProperty({ example: '00000000-0000-4000-8000-000000000001' })
  readonly workspace!: string;
  @ApiProperty({ example: 988 })
  readonly rows!: number;
  @ApiProperty({ example: '-8231290123' })
  readonly hash!: string;
  @ApiProperty({ example: 988 })
  readonly expectedRows!: number;
  @ApiProperty({ example: '-8231290123' })
  readonly expectedHash!: string;
  @ApiProperty({ example: true })
  readonly matches!: boolean;
}

class DifferenceAnswer implements Difference {
  @ApiProperty({ example: 'participant' })
  readonly table!: string;
  @ApiProperty({ example: '1c000000-0000-4000-8000-000000000001' })
  readonly campaignId!: string;
  @ApiProperty({ example: '00000000-0000-4000-8000-000000000001' })
  readonly workspace!: string;
  @ApiProperty({
    description: 'The key of the first row that differs.',
    example: '7d444840-9dc0-51d1-b245-5ffdce74fad2',
  })
  readonly row!: string;
  @ApiProperty({ type: [String], example: ['updated_at', 'revision'] })
  readonly columns!: readonly string[];
}

class VerificationAnswer implements Verification {
  @ApiProperty({ example: 480_000, description: 'Everything of the log up to this number was compared.' })
  readonly position!: number;
  @ApiProperty({ example: true })
  readonly matches!: boolean;
  @ApiProperty({ type: [TableVerdictAnswer], description: 'Those of the workspace.' })
  readonly tables!: readonly TableVerdictAnswer[];
  @ApiProperty({ type: DifferenceAnswer, nullable: true })
  readonly firstDifference!: DifferenceAnswer | null;
  @ApiProperty({ example: 0, description: 'Events that the live consumers could not handle: they are in neither.' })
  readonly deadLetters!: number;
}

export class VerifyStatusAnswer implements VerifyStatus {
  @ApiProperty({ enum: ['none', 'running', 'done', 'failed'], example: 'done' })
  readonly state!: VerifyStatus['state'];
  @ApiProperty({ type: [GroupReplayAnswer] })
  readonly groups!: readonly GroupReplayAnswer[];
  @ApiProperty({ type: VerificationAnswer, nullable: true })
  readonly verification!: VerificationAnswer | null;
  @ApiProperty({ ...TEXT_OR_NULL, example: null })
  readonly problem!: string | null;
}
