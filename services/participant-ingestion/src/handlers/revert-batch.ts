import {
  type DomainEvent,
  DomainError,
  type EventStore,
  type StoredEvent,
  type StreamWrite,
} from '@poinciana/event-sourcing';
import type { FieldPlan } from '@poinciana/participant-file';
import { storedValue } from '../domain/changes.js';
import { customer, type Customer } from '../domain/customer.js';
import { numberOfEventId } from '../domain/event-ids.js';
import { participant } from '../domain/participant.js';
import { type LeftEntry, type RevertCounts } from '../domain/revert-progress.js';
import { type LeftAlone, ParticipantUndo, ProfileUndo, type Undo } from '../domain/undo.js';
import type { RevertTask } from '../storage/reverts.js';
import { readWholeStreams, streamFromLast } from './batch-stream.js';
import { customerStream, participantStream } from './streams.js';
import { isEventOf, UndoneStream } from './undone-stream.js';
import { uploadCommandId } from './upload-events.js';

/** What a part of the log leads to when an upload is reverted. */
export interface RevertBatch {
  /** Of each customer first the profile, then the participants. Empty where all of it was written before. */
  readonly writes: readonly StreamWrite[];
  readonly counts: RevertCounts;
  readonly left: readonly LeftEntry[];
}

export interface RevertRules {
  readonly task: RevertTask;
  /** The fields that the campaign has now. */
  readonly plan: FieldPlan;
  /** When it happens by the Clock port, ISO 8601. */
  readonly time: string;
}

/**
 * Decides about everybody whom the upload touched first in this part of the log, by how their streams stand now. What this
 * revert has written already is found by its ids and decided from the state before, so a repetition answers as the first time.
 */
export async function decideRevert(
  store: EventStore,
  rules: RevertRules,
  part: readonly StoredEvent[],
): Promise<RevertBatch> {
  const { id: uploadId } = rules.task;
  const touched = part.filter((event) => isEventOf(uploadId, event));
  const keysOf = (type: string) => [
    ...new Set(touched.filter((event) => event.type.startsWith(type)).map(({ key }) => key)),
  ];
  const people = keysOf('Participant').map(
    (id) => new UndoneStream(participantStream(id), id, new ParticipantUndo(), uploadId),
  );
  const customers = keysOf('Customer').map(
    (id) => new UndoneStream(customerStream(id), id, new ProfileUndo(), uploadId),
  );
  // Profiles are read last: a participant that follows one later is then changed after what is read here.
  await readWholeStreams(store, people);
  await readWholeStreams(store, customers);
  const decision = new RevertDecision(rules);
  const from = part[0]?.position.number ?? 0;
  for (const stream of customers) decision.profile(stream, isFirstIn(stream, from));
  const begun = people.filter((stream) => isFirstIn(stream, from));
  await decision.learnProfiles(store, begun);
  for (const stream of begun) decision.participant(stream);
  return decision.batch();
}

/** Whom the upload had touched before, an earlier part of the log has decided about. */
function isFirstIn({ first }: UndoneStream<ProfileUndo | ParticipantUndo>, from: number): boolean {
  return first !== undefined && first.position.number >= from;
}

class RevertDecision {
  private readonly writes: StreamWrite[] = [];
  private readonly left: LeftEntry[] = [];
  private readonly profiles = new Map<string, Customer>();
  private participantsDeleted = 0;
  private participantsRestored = 0;
  private profilesRestored = 0;

  constructor(private readonly rules: RevertRules) {}

  profile(stream: UndoneStream<ProfileUndo>, isDecidedHere: boolean): void {
    const stored = streamFromLast(stream.stream, customer, stream.last).state;
    this.profiles.set(stream.id, stored);
    if (!isDecidedHere) return;
    const { types, customerFields } = this.rules.plan;
    const undo = stream.undo.decide(this.rules.plan);
    this.leave(stream, 'customer', undo.left);
    if (undo.action === 'nothing') return;
    const command = { type: 'ChangeCustomerProfile', customerId: stream.id, given: undo.given, types } as const;
    const event = this.orLeave(stream, 'customer', () =>
      customer.decide({ ...command, customerFields: new Set(customerFields) }, stream.undo.state),
    );
    if (event === undefined) return;
    this.profilesRestored += 1;
    if (this.write(stream, event)) this.profiles.set(stream.id, customer.evolve(stored, event));
  }

  /** Profiles of those customers about whom the upload said nothing here. */
  async learnProfiles(store: EventStore, people: readonly UndoneStream<ParticipantUndo>[]): Promise<void> {
    const asked = [...new Set(people.map(({ undo }) => undo.state.customerId))].filter((id) => !this.profiles.has(id));
    const last = asked.length === 0 ? [] : await store.readLast(asked.map(customerStream));
    for (const [at, id] of asked.entries())
      this.profiles.set(id, streamFromLast(customerStream(id), customer, last[at]).state);
  }

  participant(stream: UndoneStream<ParticipantUndo>): void {
    const undo = stream.undo.decide(this.rules.plan);
    this.leave(stream, 'participant', undo.left);
    if (undo.action === 'nothing') return;
    const event = this.orLeave(stream, 'participant', () => this.undoParticipant(stream, undo));
    if (event === undefined) return;
    if (event.type === 'ParticipantDeleted') this.participantsDeleted += 1;
    else this.participantsRestored += 1;
    this.write(stream, event);
  }

  batch(): RevertBatch {
    const { writes, left, participantsDeleted, participantsRestored, profilesRestored } = this;
    return {
      writes,
      left,
      counts: { participantsDeleted, participantsRestored, profilesRestored, leftAlone: left.length },
    };
  }

  private undoParticipant({ id, undo: { state } }: UndoneStream<ParticipantUndo>, undo: Undo) {
    if (undo.action === 'delete') return participant.decide({ type: 'DeleteParticipant', id }, state);
    const { customerFields, types } = this.rules.plan;
    const profile = this.profiles.get(state.customerId)?.profile ?? {};
    const followed = customerFields.map((name) => [name, storedValue(profile, name) ?? null]);
    return participant.decide(
      {
        type: 'UpsertParticipant',
        identity: { id, campaignId: state.campaignId, customerId: state.customerId, objectId: state.objectId },
        given: { ...Object.fromEntries(followed), ...undo.given },
        timeZone: undo.timeZone,
        profile,
        customerFields,
        types,
        source: { door: 'revert', uploadId: this.rules.task.id },
        life: state.life,
      },
      state,
    );
  }

  /** What is to be written, or was; a rule that refuses leaves the person as she is. */
  private orLeave<Event extends DomainEvent>(
    stream: UndoneStream<ProfileUndo | ParticipantUndo>,
    subject: LeftEntry['subject'],
    decide: () => readonly Event[],
  ): Event | undefined {
    try {
      return decide()[0];
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'participant_too_large') throw error;
      this.leave(stream, subject, [{ reason: 'participant_too_large', fields: [] }]);
      return undefined;
    }
  }

  private leave(
    { id, first }: UndoneStream<ProfileUndo | ParticipantUndo>,
    subject: LeftEntry['subject'],
    left: readonly LeftAlone[],
  ): void {
    const row = numberOfEventId(first?.id ?? '');
    this.left.push(...left.map((entry) => ({ ...entry, subject, subjectId: id, row })));
  }

  /** False where it stands in the log already. */
  private write(
    { stream, id: key, ownId, own, revision }: UndoneStream<ProfileUndo | ParticipantUndo>,
    event: DomainEvent,
  ): boolean {
    if (own !== undefined) return false;
    const { workspace, actor, id: uploadId } = this.rules.task;
    const causation = uploadCommandId(uploadId, 'RevertUpload');
    const context = { workspace, key, time: this.rules.time, causation, correlation: ownId, actor, hop: 0 };
    this.writes.push({ stream, expectedRevision: revision, events: [{ ...event, ...context, id: ownId }] });
    return true;
  }
}
