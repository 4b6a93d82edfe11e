import { ApiProperty } from '@nestjs/swagger';
import { PageFacts } from '../../http/page-answer.js';
import type { MessageDirection } from './session-changes.js';
import type { SessionLine, SessionMessage } from './session-view.js';

const UUID_OR_NULL = { type: 'string', format: 'uuid', nullable: true } as const;
const INSTANT_OR_NULL = { type: 'string', format: 'date-time', nullable: true } as const;

export class SessionAnswer implements SessionLine {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ format: 'uuid' })
  readonly channelId!: string;
  @ApiProperty({ example: 'whatsapp' })
  readonly channelType!: string;
  @ApiProperty({
    ...UUID_OR_NULL,
    description: 'null: of none, as a test message of a channel or what somebody wrote whom no agent answers.',
  })
  readonly agentId!: string | null;
  @ApiProperty({ enum: ['outbound', 'inbound'] })
  readonly direction!: string;
  @ApiProperty(UUID_OR_NULL)
  readonly communicationId!: string | null;
  @ApiProperty(UUID_OR_NULL)
  readonly participantId!: string | null;
  @ApiProperty(UUID_OR_NULL)
  readonly customerId!: string | null;
  @ApiProperty(UUID_OR_NULL)
  readonly campaignId!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly openedAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly lastAt!: string;
  @ApiProperty(INSTANT_OR_NULL)
  readonly closedAt!: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    enum: ['agent', 'duration', 'canceled', 'ended', null],
    example: 'agent',
  })
  readonly closeReason!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: { result: 'promised' } })
  readonly results!: SessionLine['results'];
}

export class SessionPageAnswer extends PageFacts {
  @ApiProperty({ type: [SessionAnswer] })
  readonly items!: readonly SessionAnswer[];
}

class SessionMessageAnswer implements SessionMessage {
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ enum: ['sent', 'received'] })
  readonly direction!: MessageDirection;
  @ApiProperty({ example: 'I will pay tomorrow', description: "'' once it was erased." })
  readonly text!: string;
}

export class SessionDetailsAnswer extends SessionAnswer {
  @ApiProperty({ type: [SessionMessageAnswer] })
  readonly transcript!: readonly SessionMessageAnswer[];
}
