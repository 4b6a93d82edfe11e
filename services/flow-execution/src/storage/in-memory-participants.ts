import { TransientError } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import { unknownParticipant } from '../domain/flow-participant.js';
import { Participants, type VersionedParticipant, type Waiting } from './participants.js';

/** The twin for tests. */
export class InMemoryParticipants extends Participants<unknown> {
  private readonly rows = new Map<string, VersionedParticipant>();

  override async read(ids: readonly string[]): Promise<readonly VersionedParticipant[]> {
    return ids.map((id) => this.rows.get(id) ?? { participant: unknownParticipant(id), version: 0 });
  }

  override async readMarked(
    campaignId: string,
    { after, before }: { readonly after: number; readonly before: number },
    limit: number,
  ): Promise<readonly VersionedParticipant[]> {
    const behind = ({ participant }: VersionedParticipant) => (participant.marks[0]?.number ?? 0) > after;
    return this.marked(campaignId, before).filter(behind).slice(0, limit);
  }

  override async countMarked(campaignId: string, before: number): Promise<number> {
    return this.marked(campaignId, before).length;
  }

  override async countWaiting(workspace: string, campaignId: string): Promise<Waiting> {
    const ours = [...this.rows.values()].filter(
      ({ participant: who }) => who.campaignId === campaignId && who.workspace === workspace,
    );
    const having = (trigger: string) =>
      ours.filter(({ participant }) => participant.marks.some((mark) => mark.trigger === trigger));
    return {
      participantsCreated: having('participant-created').length,
      communicationsEnded: having('communication-ended').length,
    };
  }

  override write(changed: readonly VersionedParticipant[]): StateWrite<unknown> {
    return async () => {
      if (changed.some((each) => this.isMoved(each)))
        throw new TransientError('A participant was written by somebody else');
      for (const each of changed) this.put(each);
    };
  }

  override async writeUnmoved(changed: readonly VersionedParticipant[]): Promise<number> {
    const unmoved = changed.filter((each) => !this.isMoved(each));
    for (const each of unmoved) this.put(each);
    return unmoved.length;
  }

  private put({ participant, version }: VersionedParticipant): void {
    this.rows.set(participant.id, { participant, version: version + 1 });
  }

  private isMoved({ participant, version }: VersionedParticipant): boolean {
    return (this.rows.get(participant.id)?.version ?? 0) !== version;
  }

  private marked(campaignId: string, before: number): readonly VersionedParticipant[] {
    const firstMark = ({ participant }: VersionedParticipant) => participant.marks[0]?.number ?? Infinity;
    return [...this.rows.values()]
      .filter((each) => each.participant.campaignId === campaignId && firstMark(each) < before)
      .toSorted((one, other) => firstMark(one) - firstMark(other));
  }
}
