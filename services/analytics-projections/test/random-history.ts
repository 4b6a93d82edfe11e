import type { communication as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { CAMPAIGN, idOf, instantAt, OTHER_CAMPAIGN, OTHER_WORKSPACE, SpecLog, WORKSPACE } from './stored-events.js';

/** Where people live: two workspaces, and two campaigns of one of them. */
export const PLACES = [
  [WORKSPACE, CAMPAIGN],
  [WORKSPACE, OTHER_CAMPAIGN],
  [OTHER_WORKSPACE, CAMPAIGN],
] as const;

const PEOPLE = 5;
const CREATED = { nodeId: 'created', type: 'participant-created', output: 'out' };
const PATHS = [
  [CREATED, { nodeId: 'remind', type: 'whatsapp-communication', output: 'out' }],
  [CREATED, { nodeId: 'check', type: 'field-check', output: 'else' }],
  [CREATED, { nodeId: 'remind', type: 'whatsapp-communication', output: 'out', code: 'already_in_progress' }],
] as const;
const STAGES = ['Planned', 'Started', 'Delivered', 'Read', 'Replied'] as const;
const ENDS = [
  { status: 'Completed' },
  { status: 'NoResponse' },
  { status: 'Skipped', code: 'window_missed' },
  { status: 'Canceled', code: 'canceled_by_flow' },
] as const;

interface Step {
  readonly person: number;
  readonly what: 'upsert' | 'delete' | 'run' | 'cut' | 'plan' | 'advance' | 'end';
  readonly choice: number;
}

interface OpenCommunication {
  readonly id: string;
  readonly name: string;
  /** The life of the participant in which it was planned. */
  readonly life: number;
  stage: number;
  /** When it was started and replied to, as every later event repeats it. */
  happened: Partial<contract.Communication>;
}

/** Somebody who comes, is changed, runs through flows, is written to and goes, any number of times. */
class RandomPerson {
  private readonly id: string;
  private readonly workspace: string;
  private readonly campaignId: string;
  private life = 0;
  private isThere = false;
  private open: OpenCommunication[] = [];

  constructor(
    private readonly log: SpecLog,
    number: number,
  ) {
    this.id = idOf(`person ${number}`);
    [this.workspace, this.campaignId] = PLACES[number % PLACES.length] ?? PLACES[0];
  }

  /** Does what is asked for, if that is possible now. */
  take({ what, choice }: Step): void {
    if (what === 'upsert') this.upsert(choice);
    else if (!this.isThere) return;
    else if (what === 'delete') this.leave();
    else if (what === 'run' || what === 'cut') this.run(what, choice);
    else if (what === 'plan') this.plan(choice);
    else this.goOn(what, choice);
  }

  private upsert(choice: number): void {
    const type = this.isThere ? 'ParticipantUpdated' : 'ParticipantCreated';
    if (!this.isThere) this.life += 1;
    this.isThere = true;
    this.log.participant(
      type,
      this.identity(),
      { name: `P${choice}` },
      { ...this.place(), uploadId: idOf(`upload ${choice % 3}`) },
    );
  }

  private leave(): void {
    this.isThere = false;
    this.log.participant('ParticipantDeleted', this.identity(), {}, this.place());
  }

  private run(what: 'run' | 'cut', choice: number): void {
    const { campaignId } = this;
    if (what === 'cut') this.log.run(this.id, [], { campaignId, flowVersion: 0 }, 'too_many_runs', this.place());
    else
      this.log.run(
        this.id,
        PATHS[choice % PATHS.length] ?? [],
        { campaignId, flowId: choice > 5 ? 'second' : 'flow' },
        undefined,
        this.place(),
      );
  }

  private plan(choice: number): void {
    const planned = {
      id: idOf(`communication ${this.log.events.length}`),
      name: `NAME_${choice % 2}`,
      life: this.life,
      stage: 0,
      happened: {},
    };
    this.open.push(planned);
    this.communication('CommunicationPlanned', planned, { status: 'Planned' });
  }

  private goOn(what: 'advance' | 'end', choice: number): void {
    const current = this.open[choice % Math.max(1, this.open.length)];
    if (current === undefined) return;
    if (what === 'end') {
      this.open = this.open.filter((each) => each !== current);
      this.communication('CommunicationEnded', current, {
        ...current.happened,
        ...(ENDS[choice % ENDS.length] ?? ENDS[0]),
        endedAt: instantAt(2),
      });
      return;
    }
    current.stage = Math.min(current.stage + 1, STAGES.length - 1);
    const status = STAGES[current.stage] ?? 'Started';
    const startedAt = current.happened.startedAt ?? instantAt(this.log.events.length * 100);
    const replied =
      status === 'Replied' ? { repliedAt: current.happened.repliedAt ?? instantAt(this.log.events.length * 700) } : {};
    current.happened = { startedAt, ...replied };
    this.communication(`Communication${status}`, current, { status, ...current.happened });
  }

  private communication(
    type: string,
    { id, name, life }: OpenCommunication,
    state: Partial<contract.Communication> & { readonly status: string },
  ): void {
    const { id: participantId, campaignId } = this;
    this.log.communication(type, { participantId, campaignId, life, id, name, ...state }, this.place());
  }

  private identity(): { readonly id: string; readonly campaignId: string; readonly life: number } {
    return { id: this.id, campaignId: this.campaignId, life: this.life };
  }

  private place(): { readonly workspace: string } {
    return { workspace: this.workspace };
  }
}

const step: fc.Arbitrary<Step> = fc.record({
  person: fc.nat(PEOPLE - 1),
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('upsert', 'delete', 'cut') },
    { weight: 7, arbitrary: fc.constantFrom('run', 'plan', 'advance', 'end') },
  ),
  choice: fc.nat(9),
});

/** A legal history: everybody comes, then lives one after another, communications that only go forward and end once. */
export const randomHistory: fc.Arbitrary<readonly StoredEvent[]> = fc
  .array(step, { minLength: 20, maxLength: 80 })
  .map((steps) => {
    const log = new SpecLog();
    const people = Array.from({ length: PEOPLE }, (_, number) => new RandomPerson(log, number));
    for (const person of people) person.take({ person: 0, what: 'upsert', choice: 0 });
    for (const each of steps) people[each.person]?.take(each);
    return log.events;
  });
