import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { reason } from '@poinciana/campaign-definition';
import type { session as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { SessionHistory } from '../handlers/read-session.js';

/** One message of a session. */
export class SessionMessageAnswer {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ enum: ['sent', 'received'] }) readonly direction!: 'sent' | 'received';
  @ApiProperty({ description: 'Empty after an erasure.' }) readonly text!: string;
  @ApiProperty({ description: 'Who wrote it: a user, the service for an agent.' }) readonly actor!: string;
  @ApiPropertyOptional({
    enum: ['waiting', 'accepted', 'failed'],
    description: 'Of a sent one: whether the provider took it.',
  })
  readonly outcome?: 'waiting' | 'accepted' | 'failed';
  @ApiPropertyOptional({ example: 'outcome_unknown' }) readonly code?: string;
  @ApiPropertyOptional({ description: 'What the code means, in a sentence.' }) readonly sentence?: string;
  @ApiPropertyOptional({ description: 'What the provider called it.' }) readonly providerCode?: string;
}

/** A session with its transcript. */
export class SessionAnswer {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ format: 'uuid' }) readonly channelId!: string;
  @ApiProperty({ example: 'whatsapp' }) readonly channelType!: string;
  @ApiPropertyOptional({ format: 'uuid' }) readonly agentId?: string;
  @ApiProperty({ enum: ['outbound', 'inbound'] }) readonly direction!: string;
  @ApiPropertyOptional({ format: 'uuid' }) readonly communicationId?: string;
  @ApiProperty({ type: [String], description: 'Participants whom it concerns; none for an unknown person.' })
  readonly participantIds!: readonly string[];
  @ApiProperty({ enum: ['open', 'closed'] }) readonly state!: 'open' | 'closed';
  @ApiProperty({ format: 'date-time' }) readonly openedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) readonly closedAt?: string;
  @ApiPropertyOptional({ enum: ['agent', 'duration', 'canceled', 'ended'] }) readonly closedBy?: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Results of the session by name.' })
  readonly results!: object;
  @ApiProperty({ type: [SessionMessageAnswer] }) readonly messages!: readonly SessionMessageAnswer[];
}

export function sessionAnswer(history: SessionHistory): SessionAnswer {
  const { facts, state, events } = history;
  const { id, channelId, channelType, agentId, direction, communicationId } = facts;
  const outcomes = outcomesOf(events);
  return {
    id,
    channelId,
    channelType,
    direction,
    ...(agentId === '' ? {} : { agentId }),
    ...(communicationId === undefined ? {} : { communicationId }),
    participantIds: participantsOf(history),
    state: state.phase === 'closed' ? 'closed' : 'open',
    openedAt: events[0]?.time ?? '',
    ...endOf(events.find(({ type }) => type === 'SessionClosed')),
    messages: events.flatMap((event) => messageOf(event, outcomes)),
  };
}

function participantsOf({ facts: { participantId }, events }: SessionHistory): readonly string[] {
  if (participantId !== undefined) return [participantId];
  return events.flatMap(({ type, data }) =>
    type === 'IncomingSessionStarted' ? [(data as contract.IncomingSessionStarted).participantId] : [],
  );
}

function endOf(close: StoredEvent | undefined): Pick<SessionAnswer, 'closedAt' | 'closedBy' | 'results'> {
  if (close === undefined) return { results: {} };
  const { results = {} } = (close.personal ?? {}) as Partial<contract.SessionClosedPersonal>;
  return { closedAt: close.time, closedBy: (close.data as contract.SessionClosed).reason, results };
}

type Outcome = Pick<SessionMessageAnswer, 'outcome' | 'code' | 'sentence' | 'providerCode'>;

function outcomesOf(events: readonly StoredEvent[]): ReadonlyMap<string, Outcome> {
  return new Map(
    events.flatMap(({ type, data }): readonly [string, Outcome][] => {
      if (type === 'MessageAccepted') return [[(data as contract.MessageAccepted).messageId, { outcome: 'accepted' }]];
      if (type !== 'MessageFailed') return [];
      const { messageId, code, providerCode } = data as contract.MessageFailed;
      const word = providerCode === undefined ? {} : { providerCode };
      return [[messageId, { outcome: 'failed', code, sentence: reason(code).sentence, ...word }]];
    }),
  );
}

function messageOf(event: StoredEvent, outcomes: ReadonlyMap<string, Outcome>): readonly SessionMessageAnswer[] {
  const { type, time: at, actor } = event;
  if (type !== 'MessageSent' && type !== 'MessageReceived') return [];
  const { messageId: id, providerMessageId } = event.data as contract.MessageSent;
  const { text = '' } = (event.personal ?? {}) as Partial<contract.MessagePersonal>;
  if (type === 'MessageReceived') return [{ id, at, direction: 'received', text, actor: 'person' }];
  const known: Outcome = { outcome: providerMessageId === undefined ? 'waiting' : 'accepted' };
  return [{ id, at, direction: 'sent', text, actor, ...(outcomes.get(id) ?? known) }];
}
