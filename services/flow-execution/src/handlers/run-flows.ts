import type { participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { EventBatch, StateWrite } from '@poinciana/messaging';
import { type Customer, contactsIn } from '../domain/contacts.js';
import type { FlowParticipant } from '../domain/flow-participant.js';
import type { Running } from '../domain/run-trigger.js';
import { concernsFlows, participantOf } from '../domain/trigger-of-event.js';
import { workThrough } from '../domain/work-through.js';
import type { CatchUps } from '../storage/catch-ups.js';
import type { ContactHours } from '../storage/contact-hours.js';
import type { Participants } from '../storage/participants.js';
import { startsOf } from '../domain/starts.js';
import type { Definitions } from './definitions.js';
import type { Job, SerialRuns } from './serial-runs.js';

/** Takes a batch of the log: reads each participant once, lets her triggers run, appends, and writes each once. */
export class RunFlowsHandler<Transaction> {
  constructor(
    private readonly definitions: Definitions,
    private readonly participants: Participants<Transaction>,
    private readonly catchUps: CatchUps<Transaction>,
    private readonly runs: SerialRuns,
    private readonly contactHours: Pick<ContactHours<Transaction>, 'add' | 'forget'>,
  ) {}

  async handle({ events }: EventBatch): Promise<StateWrite<Transaction>> {
    const byParticipant = eventsByParticipant(events);
    const read = await this.participants.read([...byParticipant.keys()]);
    const owners = read.map(({ participant }) => ownerOf(participant, byParticipant));
    const running = await this.definitions.runningOf(owners.flatMap((owner) => owner?.campaignId ?? []));
    const jobs = read.flatMap((versioned, index): readonly Job[] => {
      const { participant } = versioned;
      const theirs = byParticipant.get(participant.id) ?? [];
      const owner = owners[index];
      const known = running.get(owner?.campaignId ?? '');
      if (owner === undefined || known === undefined) return [];
      const contacts = contactsIn(theirs, participant, participant.seen.zone ?? known.workspaceZone);
      const work = (worked: FlowParticipant, seen: Running) => workThrough(worked, theirs, seen);
      return [{ read: versioned, running: known, customer: owner, contacts, work }];
    });
    const settled = await this.runs.settle(jobs);
    const erased = events.filter(isErasure);
    await this.runs.erase(erased.map(({ key }) => key));
    const writes = [
      this.participants.write(settled),
      this.contactHours.add(jobs.flatMap(({ contacts }) => contacts)),
      this.contactHours.forget(erased.map(customerOf)),
      this.catchUps.add(startsOf(events)),
    ];
    return async (transaction) => {
      for (const write of writes) await write(transaction);
    };
  }
}

/** The customer was erased: nothing runs for this participant any more, and her runs lose what is personal. */
function isErasure({ type, data }: StoredEvent): boolean {
  return type === 'ParticipantDeleted' && (data as contract.ParticipantDeleted).erased === true;
}

function eventsByParticipant(events: readonly StoredEvent[]): ReadonlyMap<string, readonly StoredEvent[]> {
  const grouped = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const id = concernsFlows(event) ? participantOf(event) : undefined;
    if (id === undefined) continue;
    const known = grouped.get(id);
    if (known === undefined) grouped.set(id, [event]);
    else known.push(event);
  }
  return grouped;
}

type Owner = Customer & Pick<FlowParticipant, 'campaignId'>;

/** The campaign and the customer of a participant: as known, else as her first event says. */
function ownerOf(
  participant: FlowParticipant,
  byParticipant: ReadonlyMap<string, readonly StoredEvent[]>,
): Owner | undefined {
  if (participant.campaignId !== '') return participant;
  const [first] = byParticipant.get(participant.id) ?? [];
  const { participant: who } = (first?.data ?? {}) as Partial<contract.ParticipantCreated>;
  return first === undefined || who === undefined ? undefined : { ...who, workspace: first.workspace };
}

function customerOf({ workspace, data }: StoredEvent): Customer {
  return { workspace, customerId: (data as contract.ParticipantDeleted).participant.customerId };
}
