import { ApiProperty } from '@nestjs/swagger';

/** What Stop would do now. Conversations in progress go on, and their durations run on (A63). */
export class StopPreviewAnswer {
  @ApiProperty({ enum: ['Inactive', 'Active', 'Error'] })
  readonly status!: string;
  @ApiProperty({ example: 12, description: 'Communications that wait to be sent: held until the next Start.' })
  readonly communicationsHeld!: number;
}
