import { type FieldValue, canonicalZone, coerce } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import {
  type CommunicationOutcome,
  type CutRun,
  type FlowRun,
  NEW_PARTICIPANT,
  type ParticipantState,
  type Sentence,
  explainRun,
} from '@poinciana/flow-engine';
import { withSignals } from '../domain/contacts.js';
import { type DryRunTerms, dryRun } from '../domain/dry-run/dry-run.js';
import type { ContactHours } from '../storage/contact-hours.js';
import type { Participants } from '../storage/participants.js';
import type { Trial, TrialRequest, TriedOutFlows } from './tried-out-flow.js';

/** For whom a flow is tried out: somebody who is there, with other values if some are given, or somebody made up. */
export interface TrialPerson {
  readonly participantId?: string | undefined;
  /** As they would be typed: read by the rule for all doors. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly timeZone?: string | undefined;
  /** The communication that fires, for the triggers about one. */
  readonly communication?: CommunicationOutcome | undefined;
}

/** A run that would happen, in words as well. */
export interface ToldRun {
  readonly run: FlowRun;
  readonly sentences: readonly Sentence[];
}

export interface ParticipantTrial {
  readonly at: string;
  readonly runs: readonly ToldRun[];
  readonly cuts: readonly CutRun[];
}

/** Decides for one participant what a flow would do, with the whole trace, and without any effect. */
export class TryParticipant {
  constructor(
    private readonly flows: TriedOutFlows,
    private readonly participants: Pick<Participants<unknown>, 'read'>,
    private readonly contactHours: Pick<ContactHours<unknown>, 'ofCustomers'>,
  ) {}

  async execute(
    workspaceId: string,
    campaignId: string,
    request: TrialRequest,
    person: TrialPerson,
  ): Promise<ParticipantTrial> {
    const trial = await this.flows.prepare(workspaceId, campaignId, request);
    const state = await this.stateOf(workspaceId, campaignId, person, trial);
    const { runs, cuts } = dryRun(trial.terms, state, 'dry run', person.communication);
    return { at: trial.terms.at, runs: runs.map((run) => told(run, trial)), cuts };
  }

  private async stateOf(
    workspaceId: string,
    campaignId: string,
    person: TrialPerson,
    trial: Trial,
  ): Promise<ParticipantState> {
    const known = await this.known(workspaceId, campaignId, person.participantId, trial.terms);
    const zone = person.timeZone === undefined ? known.zone : zoneOf(person.timeZone);
    const given = readValues(person.values, trial.campaign.fields, zone ?? trial.terms.workspaceZone);
    const values = { ...known.values, ...given };
    return { ...known, values, ...(zone === undefined ? {} : { zone }) };
  }

  private async known(
    workspaceId: string,
    campaignId: string,
    id: string | undefined,
    terms: DryRunTerms,
  ): Promise<ParticipantState> {
    if (id === undefined) return NEW_PARTICIPANT;
    const [read] = await this.participants.read([id]);
    const participant = read?.participant;
    const isThere = participant?.phase === 'living' && participant.workspace === workspaceId;
    if (participant === undefined || !isThere || participant.campaignId !== campaignId)
      throw new DomainError('participant_not_found', 'The campaign has no such participant', 'notFound');
    const contacts = await this.contactHours.ofCustomers([participant]);
    return withSignals(participant, contacts.get(participant.customerId) ?? [], terms.at, terms.workspaceZone);
  }
}

function told(run: FlowRun, { flows, context }: Trial): ToldRun {
  const flow = flows.get(run.flowId);
  return { run, sentences: flow === undefined ? [] : explainRun(run, flow, context) };
}

function zoneOf(typed: string): string {
  const zone = canonicalZone(typed);
  if (zone !== undefined) return zone;
  throw new DomainError('unknown_timezone', 'The time zone must be an IANA name such as Europe/London');
}

/** Every given value by the rule of its field; all that do not fit are named at once. */
function readValues(
  given: Readonly<Record<string, unknown>>,
  fields: readonly contract.Field[],
  zone: string,
): Readonly<Record<string, FieldValue | null>> {
  const values: Record<string, FieldValue | null> = {};
  const problems: { readonly field: string; readonly code: string; readonly reason: string }[] = [];
  const known = new Map(fields.map((field) => [field.name, field]));
  for (const [name, raw] of Object.entries(given)) {
    const field = known.get(name);
    if (field === undefined) {
      problems.push({ field: name.slice(0, 63), code: 'unknown_field', reason: 'The campaign has no such field.' });
      continue;
    }
    const shape = { type: field.type, enumerationValues: field.enumerationValues } as Parameters<typeof coerce>[0];
    const read = coerce(shape, raw, { zone });
    if (read.kind === 'value') values[name] = read.value;
    else if (read.kind === 'cleared') values[name] = null;
    else if (read.kind === 'problem') problems.push({ field: name, code: read.code, reason: read.message });
  }
  if (problems.length > 0) throw new DomainError('invalid_values', 'Some values do not fit', 'invalid', { problems });
  return values;
}
