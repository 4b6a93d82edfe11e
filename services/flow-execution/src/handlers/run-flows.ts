import type { participant as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { EventBatch, StateWrite } from '@poinciana/messaging';
import type { FlowParticipant } from '../domain/flow-participant.js';
import type { Running } from '../domain/run-trigger.js';
import { concernsFlows, participantOf } from '../domain/trigger-of-event.js';
import { workThrough } from '../domain/work-through.js';
import type { CatchUps } from '../storage/catch-ups.js';
import { contactHours } from '../domain/contact-hours.js';
import type { ContactHours } from '../storage/contact-hours.js';
import type { Participants } from '../storage/participants.js';
import { startsOf } from '../domain/starts.js';
import type { Definitions } from './definitions.js';
import type { SerialRuns } from './serial-runs.js';

/** Takes a batch of the log: reads each participant once, lets her triggers run, appends, and writes each once. */
export class RunFlowsHandler<Transaction> {
  constructor(
    private readonly definitions: Definitions,
    private readonly participants: Participants<Transaction>,
    private readonly catchUps: CatchUps<Transaction>,
    private readonly runs: SerialRuns,
    private readonly contactHours: Pick<ContactHours<Transaction>, 'add'>,
  ) {}

  async handle({ events }: EventBatch): Promise<StateWrite<Transaction>> {
    const byParticipant = eventsByParticipant(events);
    const read = await this.participants.read([...byParticipant.keys()]);
    const campaignIds = read.map(({ participant }) => campaignOf(participant, byParticipant));
    const running = await this.definitions.runningOf(campaignIds.filter((id) => id !== undefined));
    const jobs = read.flatMap((versioned, index) => {
      const theirs = byParticipant.get(versioned.participant.id) ?? [];
      const known = running.get(campaignIds[index] ?? '');
      const work = (participant: FlowParticipant, seen: Running) => workThrough(participant, theirs, seen);
      return known === undefined ? [] : [{ read: versioned, running: known, work }];
    });
    const settled = await this.runs.settle(jobs);
    await this.runs.erase(events.filter(isErasure).map(({ key }) => key));
    const hours = jobs.flatMap(({ read: { participant }, running: { workspaceZone } }) => {
      const zone = participant.seen.zone ?? workspaceZone;
      return contactHours(byParticipant.get(participant.id) ?? [], { appliedTo: participant.appliedTo, zone });
    });
    const writes = [
      this.participants.write(settled),
      this.contactHours.add(hours),
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

/** The campaign of a participant: as known, else as her first event says. */
function campaignOf(
  participant: FlowParticipant,
  byParticipant: ReadonlyMap<string, readonly StoredEvent[]>,
): string | undefined {
  if (participant.campaignId !== '') return participant.campaignId;
  const [first] = byParticipant.get(participant.id) ?? [];
  const { participant: who } = (first?.data ?? {}) as { readonly participant?: { readonly campaignId: string } };
  return who?.campaignId;
}
