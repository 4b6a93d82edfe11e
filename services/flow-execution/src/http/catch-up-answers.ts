import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How far the work of one Start is. */
export class CatchUpAnswer {
  @ApiProperty({ description: 'Which Start of the campaign it was, from 1.' })
  readonly generation!: number;
  @ApiPropertyOptional({ description: 'How many people waited; absent until the work begins.' })
  readonly total?: number;
  @ApiProperty()
  readonly done!: number;
  @ApiProperty()
  readonly finished!: boolean;
}

/** What waits for the next Start, and what the last ones have left to do. */
export class PauseAnswer {
  @ApiProperty({ description: 'People who came while the campaign was not Active.', example: 120 })
  readonly participantsCreated!: number;
  @ApiProperty({ description: 'People one of whose communications ended while the campaign was not Active.' })
  readonly communicationsEnded!: number;
  @ApiProperty({ type: [CatchUpAnswer], description: 'The newest Start first.' })
  readonly catchUps!: readonly CatchUpAnswer[];
}
