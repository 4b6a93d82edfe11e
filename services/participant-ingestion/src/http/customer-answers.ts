import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '@poinciana/event-sourcing';

export class CustomerAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({
    type: Object,
    description: 'Values by field name.',
    example: { name: 'Anna Kowalska', email: 'anna@example.com' },
  })
  readonly profile!: JsonObject;
}

export class CustomerPageAnswer {
  @ApiProperty({ type: [CustomerAnswer] })
  readonly items!: readonly CustomerAnswer[];
  @ApiPropertyOptional({ format: 'uuid', description: 'Pass it as `after` to read on; absent at the end.' })
  readonly next?: string;
}

export class CustomerParticipantAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly participantId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty({ description: 'Empty when the customer stands in the campaign once.' })
  readonly objectId!: string;
}

export class CustomerDetailsAnswer extends CustomerAnswer {
  @ApiProperty({ type: [CustomerParticipantAnswer], description: 'Also those who were deleted from their campaign.' })
  readonly participants!: readonly CustomerParticipantAnswer[];
}
