import type { Position } from '@poinciana/event-sourcing';
import { derivedId } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { KnownCommunication } from '../domain/communication.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommunicationWriter } from './communication-writer.js';
import type { ReadCommunication } from './read-communication.js';

export interface Cancellation {
  readonly workspace: string;
  readonly communicationId: string;
  readonly subject: string;
  /** The request that asks for it. */
  readonly causation: string;
}

/** A person ends one communication ([C]12). One that has ended already stays as it is. */
export class CancelOne<Transaction> {
  constructor(
    private readonly clock: Clock,
    private readonly communications: ReadCommunication,
    private readonly writer: CommunicationWriter,
    private readonly timers: Timers<Transaction>,
  ) {}

  /** Throws `DomainError` `communication_not_found`. */
  async cancel(asked: Cancellation): Promise<{ readonly state: KnownCommunication; readonly position: Position }> {
    const { workspace, communicationId, subject, causation } = asked;
    const known = await this.communications.read(workspace, communicationId);
    const at = this.clock.now().toISOString();
    const [written] = await this.writer.execute([
      {
        communicationId,
        command: { type: 'CancelCommunication', code: 'canceled_by_user', silent: false, at },
        commandId: derivedId('cancel', causation, communicationId),
        causation,
        actor: `user:${subject}`,
      },
    ]);
    if (written === undefined) throw new Error('Nothing was decided for a command');
    await this.timers.write(timerChangesOf(written));
    return { state: written.state ?? known.state, position: (written.last ?? known.last).position };
  }
}
