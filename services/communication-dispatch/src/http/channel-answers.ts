import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { reason, UNKNOWN_OUTCOME_RULES, type UnknownOutcomeRule } from '@poinciana/campaign-definition';
import type {
  ChannelHealthReport,
  ChannelLimitsReport,
  ChannelOverview,
  ChannelState,
} from '../handlers/channel-health.js';

class SendCountsAnswer {
  @ApiProperty({ description: 'Taken by the provider.' }) readonly accepted!: number;
  @ApiProperty({ description: 'Ended as Failed.' }) readonly failed!: number;
  @ApiProperty({ description: 'Ended as Failed because nobody knows what became of them.' }) readonly unknown!: number;
  @ApiProperty({ description: 'Attempts that were put off.' }) readonly delayed!: number;
}

class WebhookCountsAnswer {
  @ApiProperty({ description: 'Told by the provider, each once.' }) readonly received!: number;
  @ApiProperty({ description: 'Told again.' }) readonly repeated!: number;
  @ApiProperty({ description: 'Not yet worked off.' }) readonly waiting!: number;
  @ApiProperty({ description: 'About messages that nobody knows.' }) readonly unknown!: number;
  @ApiProperty({ description: 'Requests with a wrong signature, since the process began.' }) readonly forged!: number;
}

class HeldBackAnswer {
  @ApiProperty({ description: 'Of the last batch.' }) readonly count!: number;
  @ApiProperty({ description: 'How long the channel is left alone, in milliseconds.' }) readonly pauseMs!: number;
}

class ChannelStateAnswer {
  @ApiProperty({ enum: ['healthy', 'failed'], description: 'Whether the provider takes messages.' })
  readonly state!: 'healthy' | 'failed';
  @ApiPropertyOptional({ format: 'date-time' }) readonly since?: string;
  @ApiPropertyOptional({ example: 'channel_refused' }) readonly code?: string;
  @ApiPropertyOptional({ description: 'What the code means, in a sentence.' }) readonly sentence?: string;
  @ApiPropertyOptional({ description: 'What the provider called it.' }) readonly providerCode?: string;
}

export class ChannelHealthAnswer extends ChannelStateAnswer {
  @ApiProperty({ type: SendCountsAnswer }) readonly sends!: SendCountsAnswer;
  @ApiProperty({ type: WebhookCountsAnswer }) readonly webhooks!: WebhookCountsAnswer;
  @ApiProperty({
    enum: UNKNOWN_OUTCOME_RULES,
    description:
      'What is done about a send of which nobody learns whether it went out: it ends as Failed `outcome_unknown`, or is tried again. The setting `unknownOutcomes` of the channel.',
  })
  readonly unknownOutcomes!: UnknownOutcomeRule;
  @ApiProperty({ type: HeldBackAnswer }) readonly heldBack!: HeldBackAnswer;
}

export class ChannelAnswer extends ChannelStateAnswer {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty() readonly name!: string;
  @ApiProperty({ example: 'whatsapp' }) readonly type!: string;
  @ApiProperty() readonly running!: boolean;
  @ApiPropertyOptional({ description: 'Where the provider tells us things, below the address of the API.' })
  readonly webhookPath?: string;
}

export class ChannelListAnswer {
  @ApiProperty({ type: [ChannelAnswer] }) readonly items!: readonly ChannelAnswer[];
}

class HeldBackUntilAnswer {
  @ApiProperty({ description: 'Messages of the last batch that a limit kept back, in this process.' })
  readonly count!: number;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Until when the channel is left alone, or takes nobody new.',
  })
  readonly until?: string;
}

export class ChannelLimitsAnswer {
  @ApiPropertyOptional({ description: 'Messages a second of the sender; absent: no limit.', example: 80 })
  readonly messagesPerSecond?: number;
  @ApiPropertyOptional({
    description: 'The least time between two messages to one person, in milliseconds.',
    example: 6_000,
  })
  readonly pairIntervalMs?: number;
  @ApiPropertyOptional({
    description: 'Different people within 24 hours, of all channels of its portfolio together; absent: no limit.',
    example: 2_000,
  })
  readonly peoplePerDay?: number;
  @ApiProperty({ type: HeldBackUntilAnswer }) readonly heldBack!: HeldBackUntilAnswer;
}

export class TemplateAnswer {
  @ApiProperty() readonly name!: string;
  @ApiProperty({ example: 'en' }) readonly language!: string;
  @ApiProperty({ example: 'APPROVED' }) readonly status!: string;
  @ApiProperty({ description: 'With the places of its variables in double braces.' }) readonly body!: string;
  @ApiProperty({ type: [String] }) readonly variables!: readonly string[];
}

export class TemplateListAnswer {
  @ApiProperty({ type: [TemplateAnswer] }) readonly items!: readonly TemplateAnswer[];
}

export function channelAnswer({ channel, state, webhookPath }: ChannelOverview): ChannelAnswer {
  const { id, name, type, running } = channel;
  return { id, name, type, running, ...stateAnswer(state), ...(webhookPath === undefined ? {} : { webhookPath }) };
}

export function healthAnswer({ state, ...report }: ChannelHealthReport): ChannelHealthAnswer {
  return { ...stateAnswer(state), ...report };
}

export function limitsAnswer({ limits, heldBack: { count, until } }: ChannelLimitsReport): ChannelLimitsAnswer {
  const { throughput, pair, people } = limits ?? {};
  return {
    ...(throughput === undefined ? {} : { messagesPerSecond: (throughput.points * 1_000) / throughput.spanMs }),
    ...(pair === undefined ? {} : { pairIntervalMs: pair.spanMs }),
    ...(people === undefined ? {} : { peoplePerDay: people.points }),
    heldBack: { count, ...(until === undefined ? {} : { until }) },
  };
}

function stateAnswer(state: ChannelState): ChannelStateAnswer {
  return state.state === 'healthy' ? state : { ...state, sentence: reason(state.code).sentence };
}
