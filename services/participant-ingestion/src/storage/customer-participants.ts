/** Participants in one call. */
export const PARTICIPANTS_PAGE_MAX = 5_000;

/** A participant that a customer has or had. */
export interface NotedParticipant {
  readonly customerId: string;
  readonly participantId: string;
  readonly campaignId: string;
  readonly objectId: string;
}

/** Behind which participant a page begins. */
export type ParticipantPlace = Pick<NotedParticipant, 'customerId' | 'participantId'>;

/**
 * Which participants a customer has, in all campaigns. One is noted before its stream begins, so it may lack its stream, never
 * the reverse; deleted ones stay, because they may come again.
 */
export abstract class CustomerParticipants {
  /** Notes at most PARTICIPANTS_PAGE_MAX; those that are known already change nothing. */
  abstract note(workspace: string, participants: readonly NotedParticipant[]): Promise<void>;
  /** Of these customers (at most PARTICIPANTS_PAGE_MAX), by customer and participant, at most PARTICIPANTS_PAGE_MAX. */
  abstract of(
    workspace: string,
    customerIds: readonly string[],
    after?: ParticipantPlace,
  ): Promise<readonly NotedParticipant[]>;
  /** The ids of the customers who have one, in ascending order. */
  abstract customers(workspace: string, limit: number, after?: string): Promise<readonly string[]>;
  /** Forgets all participants of a customer. */
  abstract forget(workspace: string, customerId: string): Promise<void>;
}

/** All participants of these customers, page by page. */
export async function* allParticipantsOf(
  participants: CustomerParticipants,
  workspace: string,
  customerIds: readonly string[],
): AsyncGenerator<readonly NotedParticipant[]> {
  for (let from = 0; from < customerIds.length; from += PARTICIPANTS_PAGE_MAX) {
    const asked = customerIds.slice(from, from + PARTICIPANTS_PAGE_MAX);
    let page = await participants.of(workspace, asked);
    while (page.length > 0) {
      yield page;
      page = page.length < PARTICIPANTS_PAGE_MAX ? [] : await participants.of(workspace, asked, page.at(-1));
    }
  }
}
