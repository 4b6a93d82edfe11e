import type { FieldValue } from '@poinciana/campaign-definition';
import type { DomainEvent, StoredEvent } from '@poinciana/event-sourcing';
import { type FieldPlan, type GivenValues, TIME_ZONE } from '@poinciana/participant-file';
import { customer, type Customer, type CustomerEvent } from './customer.js';
import { GivenByUpload } from './given-by-upload.js';
import { participant, type Participant, type ParticipantEvent } from './participant.js';

/** Why something that an upload did stays when the upload is reverted. */
export const LEFT_REASONS = [
  'brought_in_since',
  'changed_since',
  'deleted_since',
  'customer_kept',
  'customer_erased',
  'field_gone',
  'participant_too_large',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** What stays of one person, and why. `fields`: where only some values stay. */
export interface LeftAlone {
  readonly reason: LeftReason;
  readonly fields: readonly string[];
}

/** What undoes an upload for one person. */
export interface Undo {
  readonly action: 'delete' | 'restore' | 'nothing';
  /** The values as they were before; null clears. */
  readonly given: GivenValues;
  /** undefined leaves the zone as it is, null clears it. */
  readonly timeZone: string | null | undefined;
  readonly left: readonly LeftAlone[];
}

const NOTHING: Undo = { action: 'nothing', given: {}, timeZone: undefined, left: [] };

/** What one upload did to a customer's profile, told event by event in the order of the stream. */
export class ProfileUndo {
  state: Customer = customer.initialState;
  private isMade = false;
  private readonly given = new GivenByUpload();

  take(event: StoredEvent, isUploads: boolean): void {
    if (event.type === 'CustomerProfileChanged') {
      this.isMade ||= isUploads && this.state.phase === 'none';
      const { data, personal } = domainEventOf<Extract<CustomerEvent, { type: 'CustomerProfileChanged' }>>(event);
      this.given.take({ changed: data.changed, previous: personal?.previous ?? {} }, isUploads);
    }
    this.state = customer.evolve(this.state, domainEventOf<CustomerEvent>(event));
  }

  /** A customer whom the upload made stays, as every customer does who leaves a campaign ([C]13). */
  decide({ customerFields }: FieldPlan): Undo {
    if (this.state.phase === 'erased') return leaving('customer_erased');
    if (this.isMade) return leaving('customer_kept');
    return restoring(this.given, new Set(customerFields));
  }
}

type ParticipantChanged = Extract<ParticipantEvent, { type: 'ParticipantCreated' | 'ParticipantUpdated' }>;

/** What one upload did to a participant, told event by event in the order of the stream. */
export class ParticipantUndo {
  state: Participant = participant.initialState;
  /** The life in which the upload last did something. */
  private touchedLife = 0;
  /** The present life began with the upload, and with nobody else. */
  private isMade = false;
  private isBroughtIn = false;
  private readonly given = new GivenByUpload();

  take(event: StoredEvent, isUploads: boolean): void {
    if (event.type === 'ParticipantCreated' || event.type === 'ParticipantUpdated')
      this.takeChange(domainEventOf<ParticipantChanged>(event), isUploads);
    this.state = participant.evolve(this.state, domainEventOf<ParticipantEvent>(event));
    if (isUploads) this.touchedLife = this.state.life;
  }

  /** Values of the profile are the profile's to restore; the participant follows it. */
  decide({ types, customerFields }: FieldPlan): Undo {
    const { phase, life, erased = false } = this.state;
    if (phase !== 'present' || life !== this.touchedLife) return leaving(erased ? 'customer_erased' : 'deleted_since');
    if (this.isMade) return this.isBroughtIn ? leaving('brought_in_since') : { ...NOTHING, action: 'delete' };
    const ofProfile = new Set(customerFields);
    const known = new Set([...types.keys(), TIME_ZONE].filter((name) => !ofProfile.has(name)));
    return restoring(this.given, known, ofProfile);
  }

  private takeChange({ type, data, personal }: ParticipantChanged, isUploads: boolean): void {
    if (type === 'ParticipantCreated') {
      this.given.clear();
      this.isMade = isUploads;
      this.isBroughtIn = false;
    }
    // What flows and profiles change follows the participant; other doors bring it in anew.
    if (!isUploads && BRINGING_DOORS.has(data.source?.door ?? '')) this.isBroughtIn = true;
    const previous = { ...personal?.previous, [TIME_ZONE]: this.state.timeZone };
    this.given.take({ changed: data.changed, previous }, isUploads);
  }
}

/** What a stream of ours holds is the promise of its one writer. */
function domainEventOf<Event extends DomainEvent>({ type, data, personal }: StoredEvent): Event {
  return (personal === undefined ? { type, data } : { type, data, personal }) as Event;
}

const BRINGING_DOORS: ReadonlySet<string> = new Set(['upload', 'api', 'kafka']);

function leaving(reason: LeftReason): Undo {
  return { ...NOTHING, left: [{ reason, fields: [] }] };
}

/** `known`: the fields to be restored here; those in `others` are somebody else's to restore. */
function restoring(
  { before, changedSince }: GivenByUpload,
  known: ReadonlySet<string>,
  others: ReadonlySet<string> = new Set(),
): Undo {
  const restored = [...before].filter(([name]) => known.has(name));
  const { [TIME_ZONE]: timeZone, ...given } = Object.fromEntries(restored) as Record<string, FieldValue | null>;
  const gone = [...before.keys()].filter((name) => !known.has(name) && !others.has(name));
  const changed = [...changedSince].filter((name) => !others.has(name));
  return {
    action: restored.length > 0 ? 'restore' : 'nothing',
    given,
    timeZone: timeZone as string | null | undefined,
    left: [
      ...(gone.length > 0 ? [{ reason: 'field_gone' as const, fields: gone }] : []),
      ...(changed.length > 0 ? [{ reason: 'changed_since' as const, fields: changed }] : []),
    ],
  };
}
