import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ItemOutcome } from '../domain/item-outcome.js';

export class ItemProblemAnswer {
  @ApiProperty({ description: 'Empty when the item as a whole is wrong.' })
  readonly field!: string;
  @ApiProperty()
  readonly value!: string;
  @ApiProperty({ example: 'invalid_email' })
  readonly code!: string;
  @ApiProperty()
  readonly reason!: string;
}

export class ItemWarningAnswer {
  @ApiProperty()
  readonly field!: string;
  @ApiProperty({ example: 'ignored_attribute' })
  readonly code!: string;
  @ApiProperty()
  readonly reason!: string;
}

export class ItemAnswer {
  @ApiProperty({ enum: ['created', 'updated', 'unchanged', 'failed'] })
  readonly outcome!: ItemOutcome['outcome'];
  @ApiPropertyOptional({ format: 'uuid' })
  readonly participantId?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  readonly customerId?: string;
  @ApiPropertyOptional({ type: [ItemProblemAnswer] })
  readonly problems?: readonly ItemProblemAnswer[];
  @ApiProperty({ type: [ItemWarningAnswer] })
  readonly warnings!: readonly ItemWarningAnswer[];
}

export class ParticipantsAnswer {
  @ApiProperty({ type: [ItemAnswer], description: 'One for each item of the request, in order.' })
  readonly items!: readonly ItemAnswer[];
}
