import type { JsonObject } from '@poinciana/event-sourcing';
import {
  derivedId,
  type EventStore,
  type NewEvent,
  type StoredEvent,
  type StreamWrite,
  TransientError,
} from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { GivenValues } from '../domain/changes.js';
import { storedValue } from '../domain/changes.js';
import { customer, type Customer } from '../domain/customer.js';
import { type FieldPlan, planFields } from '@poinciana/participant-file';
import { participant, type ParticipantEvent } from '../domain/participant.js';
import {
  allParticipantsOf,
  type CustomerParticipants,
  type NotedParticipant,
} from '../storage/customer-participants.js';
import { streamFromLast } from './batch-stream.js';
import type { KnownCampaigns } from './known-campaigns.js';
import { customerStream, participantStream } from './streams.js';

/** How often participants are brought in line while others change them. */
const ATTEMPTS_MAX = 10;

/** A participant, what is to be done about it, and the change of the profile that it follows from. */
interface Follower {
  readonly noted: NotedParticipant;
  readonly cause: StoredEvent;
}

/**
 * Brings the participants of customers in line with their profiles, in every campaign that has the fields (A44). What is
 * compared is how both stand now, so doing it again changes nothing, and a participant that is in line already gets no event.
 */
export class ProfileFollowers {
  constructor(
    private readonly store: EventStore,
    private readonly participants: CustomerParticipants,
    private readonly campaigns: KnownCampaigns,
    private readonly clock: Clock,
  ) {}

  /** `changes`: CustomerProfileChanged events of one workspace; of several about one customer, the last counts. */
  async follow(workspace: string, changes: readonly StoredEvent[]): Promise<void> {
    const causes = new Map(changes.map((event) => [event.key, event]));
    for await (const page of allParticipantsOf(this.participants, workspace, [...causes.keys()])) {
      let followers: readonly Follower[] = page.flatMap((noted) => followerOf(noted, causes.get(noted.customerId)));
      for (let attempt = 1; followers.length > 0; attempt++) {
        if (attempt > ATTEMPTS_MAX)
          throw new TransientError(
            `Others changed the same people ${ATTEMPTS_MAX} times while they followed a profile`,
          );
        followers = await this.bringInLine(followers);
      }
    }
  }

  /** Answers those whom somebody else changed meanwhile. */
  private async bringInLine(followers: readonly Follower[]): Promise<readonly Follower[]> {
    const plans = await this.plansOf(followers);
    const profiles = await this.profilesOf(followers);
    const people = await this.store.readLast(followers.map(({ noted }) => participantStream(noted.participantId)));
    const decided = followers.flatMap((follower, index) => {
      const plan = plans.get(follower.noted.campaignId);
      const profile = profiles.get(follower.noted.customerId);
      if (plan === undefined || profile?.phase !== 'known') return [];
      const write = this.decide(follower, plan, profile.profile, people[index]);
      return write === undefined ? [] : [{ follower, write }];
    });
    if (decided.length === 0) return [];
    const outcomes = await this.store.append(decided.map(({ write }) => write));
    return decided.filter((_, index) => outcomes[index]?.outcome === 'conflict').map(({ follower }) => follower);
  }

  private decide(
    { noted, cause }: Follower,
    plan: FieldPlan,
    profile: JsonObject,
    last: StoredEvent | undefined,
  ): StreamWrite | undefined {
    const { participantId, campaignId, customerId, objectId } = noted;
    const { stream, state, expectedRevision } = streamFromLast(participantStream(participantId), participant, last);
    if (state.phase !== 'present') return undefined;
    const { customerFields, types } = plan;
    const [event] = participant.decide(
      {
        type: 'UpsertParticipant',
        identity: { id: participantId, campaignId, customerId, objectId },
        given: givenBy(profile, customerFields),
        timeZone: undefined,
        profile,
        customerFields,
        types,
        source: sourceOf(cause),
        life: state.life,
      },
      state,
    );
    if (event === undefined) return undefined;
    return { stream, expectedRevision, events: [this.newEvent(participantId, cause, event)] };
  }

  private newEvent(participantId: string, cause: StoredEvent, event: ParticipantEvent): NewEvent {
    const { workspace, correlation, actor, hop } = cause;
    const id = derivedId(cause.id, participantId);
    const time = this.clock.now().toISOString();
    return { ...event, id, workspace, key: participantId, time, causation: cause.id, correlation, actor, hop };
  }

  /** A campaign that was deleted needs to know nothing any more. */
  private async plansOf(followers: readonly Follower[]): Promise<ReadonlyMap<string, FieldPlan>> {
    const known = await this.campaigns.known(followers.map(({ noted }) => noted.campaignId));
    return new Map(
      [...known].flatMap(([id, { phase, fields }]) => (phase === 'exists' ? [[id, planFields(fields)] as const] : [])),
    );
  }

  private async profilesOf(followers: readonly Follower[]): Promise<ReadonlyMap<string, Customer>> {
    const ids = [...new Set(followers.map(({ noted }) => noted.customerId))];
    const last = await this.store.readLast(ids.map(customerStream));
    return new Map(ids.map((id, at) => [id, streamFromLast(customerStream(id), customer, last[at]).state]));
  }
}

function followerOf(noted: NotedParticipant, cause: StoredEvent | undefined): readonly Follower[] {
  return cause === undefined ? [] : [{ noted, cause }];
}

/** The profile as if it came through a door: what it has not is cleared. */
function givenBy(profile: JsonObject, customerFields: readonly string[]): GivenValues {
  return Object.fromEntries(customerFields.map((name) => [name, storedValue(profile, name) ?? null])) as GivenValues;
}

function sourceOf({ data }: StoredEvent) {
  const { uploadId } = data as { readonly uploadId?: string };
  return uploadId === undefined ? { door: 'profile' } : { door: 'profile', uploadId };
}
