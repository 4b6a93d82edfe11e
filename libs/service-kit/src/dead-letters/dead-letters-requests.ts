import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';

const GROUP = /^[a-z][a-z.-]{0,99}$/;
const EXAMPLE = 'analytics-projections.participants';

export class DeadLettersRequest {
  @ApiPropertyOptional({ description: 'Only those of this consumer group.', example: EXAMPLE })
  @IsOptional()
  @Matches(GROUP)
  readonly group?: string;
}

export class ReplayRequest {
  @ApiProperty({ example: EXAMPLE })
  @Matches(GROUP)
  readonly group!: string;

  @ApiProperty({ format: 'uuid', example: '7d444840-9dc0-51d1-b245-5ffdce74fad2' })
  @IsUUID()
  readonly key!: string;
}

export class DeadLetterAnswer {
  @ApiProperty({ example: EXAMPLE })
  readonly group!: string;
  @ApiProperty({ example: '0:42' })
  readonly position!: string;
  @ApiProperty({ format: 'uuid' })
  readonly eventId!: string;
  @ApiProperty({ example: 'participant-7d444840-9dc0-51d1-b245-5ffdce74fad2' })
  readonly stream!: string;
  @ApiProperty({ example: 'ParticipantCreated' })
  readonly type!: string;
  @ApiProperty({ format: 'uuid', description: 'Who the event is about; later events of the same key wait behind it.' })
  readonly key!: string;
  @ApiProperty({
    example: 'key_parked',
    description: 'The code of the refusal, the name of the error, or `key_parked`.',
  })
  readonly code!: string;
  @ApiProperty({ example: 3 })
  readonly attempts!: number;
  @ApiProperty({ format: 'date-time' })
  readonly firstAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly lastAt!: string;
}

export class DeadLettersAnswer {
  @ApiProperty({ type: [DeadLetterAnswer] })
  readonly items!: readonly DeadLetterAnswer[];
  @ApiProperty({ description: 'There are more than are listed.', example: false })
  readonly isCut!: boolean;
}

export class ReplayAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly key!: string;
  @ApiProperty({ example: 3 })
  readonly handled!: number;
  @ApiProperty({ example: 0, description: 'What is still parked; 0 means that the key runs again.' })
  readonly remaining!: number;
}
