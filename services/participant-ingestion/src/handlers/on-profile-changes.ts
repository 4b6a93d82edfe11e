import type { StoredEvent } from '@poinciana/event-sourcing';
import { groupedBy } from '../domain/grouped.js';
import type { ProfileFollowers } from './profile-followers.js';

/** A profile that changed is followed by its customer's participants in every campaign (A44). */
export class OnProfileChanges {
  constructor(private readonly followers: ProfileFollowers) {}

  async handle(events: readonly StoredEvent[]): Promise<void> {
    const changes = events.filter(
      ({ type, revision }) => type === 'CustomerProfileChanged' && revision > FIRST_REVISION,
    );
    for (const [workspace, theirs] of groupedBy(changes, (event) => event.workspace))
      await this.followers.follow(workspace, theirs);
  }
}

/** The first profile of a customer: no participant can be older, so an import of new people costs nothing here. */
const FIRST_REVISION = 0;
