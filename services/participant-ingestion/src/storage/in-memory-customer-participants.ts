import type { Cuts } from '@poinciana/event-sourcing';
import {
  CustomerParticipants,
  type NotedParticipant,
  type ParticipantPlace,
  PARTICIPANTS_PAGE_MAX,
} from './customer-participants.js';

/** The twin for tests. */
export class InMemoryCustomerParticipants extends CustomerParticipants {
  private readonly noted = new Map<string, NotedParticipant & { readonly workspace: string }>();

  constructor(private readonly cuts?: Cuts) {
    super();
  }

  override async note(workspace: string, participants: readonly NotedParticipant[]): Promise<void> {
    this.cuts?.pass('before participants are noted');
    for (const participant of participants) {
      const place = `${workspace} ${placeOf(participant)}`;
      if (!this.noted.has(place)) this.noted.set(place, { ...participant, workspace });
    }
  }

  override async of(
    workspace: string,
    customerIds: readonly string[],
    after?: ParticipantPlace,
  ): Promise<readonly NotedParticipant[]> {
    const asked = new Set(customerIds);
    return this.sorted(workspace)
      .filter(({ customerId }) => asked.has(customerId))
      .filter((participant) => after === undefined || placeOf(participant) > placeOf(after))
      .slice(0, PARTICIPANTS_PAGE_MAX);
  }

  override async customers(workspace: string, limit: number, after = ''): Promise<readonly string[]> {
    const ids = new Set(this.sorted(workspace).map(({ customerId }) => customerId));
    return [...ids].filter((id) => id > after).slice(0, limit);
  }

  override async forget(workspace: string, customerId: string): Promise<void> {
    this.cuts?.pass('before participants are forgotten');
    for (const [place, noted] of this.noted)
      if (noted.workspace === workspace && noted.customerId === customerId) this.noted.delete(place);
  }

  private sorted(workspace: string): readonly NotedParticipant[] {
    return [...this.noted.values()]
      .filter((noted) => noted.workspace === workspace)
      .map(({ workspace: _workspace, ...participant }) => participant)
      .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  }
}

function placeOf({ customerId, participantId }: ParticipantPlace): string {
  return `${customerId} ${participantId}`;
}
