import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { reason } from '@poinciana/campaign-definition';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf, type KnownCommunication } from '../domain/communication.js';
import type { CommunicationHistory } from '../handlers/read-communication.js';

/** One thing that happened. */
export class CommunicationStepAnswer {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ example: 'CommunicationDelivered' }) readonly event!: string;
  @ApiProperty({ example: 'Delivered' }) readonly status!: string;
  @ApiPropertyOptional({ example: 'rate_limited' }) readonly code?: string;
  @ApiPropertyOptional({ description: 'What the code means, in a sentence.' }) readonly sentence?: string;
}

/** One message of the conversation. */
export class MessageAnswer {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ enum: ['sent', 'received'] }) readonly direction!: 'sent' | 'received';
  @ApiProperty({ description: 'Empty after an erasure.' }) readonly text!: string;
}

export class CommunicationAnswer {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ format: 'uuid' }) readonly campaignId!: string;
  @ApiProperty({ format: 'uuid' }) readonly participantId!: string;
  @ApiProperty({ example: 'PAYMENT_REMINDER' }) readonly name!: string;
  @ApiProperty({ example: 'whatsapp' }) readonly channelType!: string;
  @ApiProperty({ format: 'uuid' }) readonly channelId!: string;
  @ApiProperty({ example: 'Delivered' }) readonly status!: string;
  @ApiProperty({ description: 'Sends that were asked of the provider.' }) readonly attempts!: number;
  @ApiPropertyOptional({ format: 'date-time' }) readonly sendAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The first instant at which it is too late.' })
  readonly windowEnd?: string;
  @ApiPropertyOptional({ format: 'date-time' }) readonly startedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) readonly endedAt?: string;
  @ApiPropertyOptional({ example: 'window_missed', description: 'Why it ended or waits.' }) readonly code?: string;
  @ApiPropertyOptional({ description: 'What the code means, in a sentence.' }) readonly sentence?: string;
  @ApiPropertyOptional({ format: 'uuid' }) readonly sessionId?: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Results of the conversation by name.' })
  readonly results!: object;
}

export class CommunicationHistoryAnswer extends CommunicationAnswer {
  @ApiProperty({ type: [CommunicationStepAnswer] }) readonly steps!: readonly CommunicationStepAnswer[];
  @ApiProperty({ type: [MessageAnswer] }) readonly messages!: readonly MessageAnswer[];
}

export class CommunicationListAnswer {
  @ApiProperty({ type: [CommunicationAnswer] }) readonly items!: readonly CommunicationAnswer[];
}

export function communicationAnswer({ facts, personal }: KnownCommunication): CommunicationAnswer {
  const { id, campaignId, participantId, name, channelType, channelId, status, attempts } = facts;
  const { sendAt, windowEnd, startedAt, endedAt, code, sessionId } = facts;
  return {
    id,
    campaignId,
    participantId,
    name,
    channelType,
    channelId,
    status,
    attempts,
    results: personal?.results ?? {},
    ...present({ sendAt, windowEnd, startedAt, endedAt, sessionId, ...coded(code) }),
  };
}

export function historyAnswer({ state, events, session }: CommunicationHistory): CommunicationHistoryAnswer {
  return { ...communicationAnswer(state), steps: events.map(stepOf), messages: session.flatMap(messageOf) };
}

function stepOf(event: StoredEvent): CommunicationStepAnswer {
  const facts = communicationOf(event)?.facts;
  return { at: event.time, event: event.type, status: facts?.status ?? '', ...present(coded(facts?.code)) };
}

function messageOf({ type, time, personal }: StoredEvent): readonly MessageAnswer[] {
  if (type !== 'MessageSent' && type !== 'MessageReceived') return [];
  const { text = '' } = (personal ?? {}) as { readonly text?: string };
  return [{ at: time, direction: type === 'MessageSent' ? 'sent' : 'received', text }];
}

function coded(code: string | undefined): { readonly code?: string; readonly sentence?: string } {
  return code === undefined ? {} : { code, sentence: reason(code).sentence };
}

/** Without what is not there. */
function present(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
