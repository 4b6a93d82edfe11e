import type { CommunicationCommand } from '../domain/communication-commands.js';
import type { DeletedParticipants } from '../storage/deleted-participants.js';
import { suppressionKeyOf, type Suppressions } from '../storage/suppressions.js';
import type { DueClaim } from './work-off-due.js';

/**
 * Who does not want to be contacted on the channel is not, decided at the moment of sending; and who was deleted is not, whatever planned
 * it: a run or a retry that knew nothing of the deletion yet (A19).
 */
export class UnwantedSends<Transaction> {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly deleted: DeletedParticipants<Transaction>,
  ) {}

  /** The claims; those sends that nobody wants end instead. */
  async ended(due: readonly DueClaim[], now: string): Promise<readonly DueClaim[]> {
    const sends = due.flatMap(({ todo }) => (todo.action === 'send' ? [todo.state.facts] : []));
    const participantIds = [...new Set(sends.map(({ participantId }) => participantId))];
    const [suppressed, lives] = await Promise.all([
      this.suppressions.among(sends),
      this.deleted.livesOf(participantIds),
    ]);
    if (suppressed.size === 0 && lives.size === 0) return due;
    return due.map((each): DueClaim => {
      const { claim, todo } = each;
      if (todo.action !== 'send') return each;
      const { facts } = todo.state;
      const isGone = facts.life <= (lives.get(facts.participantId) ?? 0);
      if (!isGone && !suppressed.has(suppressionKeyOf(facts))) return each;
      return { claim, todo: { action: 'decide', state: todo.state, command: isGone ? gone(now) : refused(now) } };
    });
  }
}

function refused(at: string): CommunicationCommand {
  return { type: 'SkipCommunication', code: 'suppressed', at };
}

function gone(at: string): CommunicationCommand {
  return { type: 'EraseCommunication', at };
}
