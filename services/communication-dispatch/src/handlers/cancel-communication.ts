import type { Position } from '@poinciana/event-sourcing';
import { derivedId, DomainError } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { communicationOf, type KnownCommunication } from '../domain/communication.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommunicationWriter } from './communication-writer.js';

/** Communications that one request ends, at most. */
export const CANCELED_MAX = 1_000;

export interface Cancellation {
  readonly workspace: string;
  readonly communicationIds: readonly string[];
  readonly subject: string;
  /** The request that asks for it. */
  readonly causation: string;
}

export interface Canceled {
  readonly states: readonly KnownCommunication[];
  /** Behind everything that was canceled; absent where nothing was. */
  readonly position: Position | undefined;
}

/** A user ends communications ([C]12). What has ended already stays as it is; what another workspace has does not exist. */
export class CancelCommunications<Transaction> {
  constructor(
    private readonly clock: Clock,
    private readonly writer: CommunicationWriter,
    private readonly timers: Timers<Transaction>,
  ) {}

  /** Throws `DomainError` `communication_not_found` for a single one that is not there. */
  async one(asked: Omit<Cancellation, 'communicationIds'> & { readonly communicationId: string }) {
    const { states, position } = await this.many({ ...asked, communicationIds: [asked.communicationId] });
    const [state] = states;
    if (state === undefined || position === undefined)
      throw new DomainError('communication_not_found', 'There is no such communication.', 'notFound');
    return { state, position };
  }

  /** Answers those that exist, in the order asked. */
  async many({ workspace, communicationIds, subject, causation }: Cancellation): Promise<Canceled> {
    const known = await this.writer.readLast([...new Set(communicationIds)]);
    const own = new Map([...known].filter(([, last]) => last?.workspace === workspace));
    const at = this.clock.now().toISOString();
    const written = await this.writer.execute(
      [...own.keys()].map((communicationId) => ({
        communicationId,
        command: { type: 'CancelCommunication', code: 'canceled_by_user', silent: false, at },
        commandId: derivedId('cancel', causation, communicationId),
        causation,
        actor: `user:${subject}`,
      })),
      own,
    );
    const changes = written.flatMap(timerChangesOf);
    if (changes.length > 0) await this.timers.write(changes);
    const positions = written.flatMap(({ last }) => (last === undefined ? [] : [last.position]));
    const latest = positions.reduce<Position | undefined>(
      (before, each) => (before === undefined || each.number > before.number ? each : before),
      undefined,
    );
    const states = written.flatMap(
      ({ state, communicationId }) => state ?? communicationOf(own.get(communicationId)) ?? [],
    );
    return { states, position: latest };
  }
}
