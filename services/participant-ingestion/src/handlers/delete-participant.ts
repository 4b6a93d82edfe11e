import { derivedId, type EventStore, executeCommand, type Position } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { participant } from '../domain/participant.js';
import type { CallerCommand } from './caller-command.js';
import type { KnownPeople } from './known-people.js';
import { participantStream } from './streams.js';

/**
 * Takes a participant out of its campaign ([C]13); who comes again begins a new life (A19). The stream is read whole: a repeated
 * request finds what it did, also when others went on from there.
 */
export class DeleteParticipant {
  constructor(
    private readonly store: EventStore,
    private readonly people: KnownPeople,
    private readonly clock: Clock,
  ) {}

  async execute(
    { workspace, actor, causation }: CallerCommand,
    campaignId: string,
    participantId: string,
  ): Promise<Position> {
    await this.people.participant(workspace, campaignId, participantId);
    const time = this.clock.now().toISOString();
    const { position } = await executeCommand(this.store, participant, {
      stream: participantStream(participantId),
      command: { type: 'DeleteParticipant', id: participantId },
      context: { workspace, key: participantId, time, causation, correlation: causation, actor, hop: 0 },
      commandId: derivedId(workspace, causation, 'delete', participantId),
    });
    return position;
  }
}
