import type { communication as contract } from '@poinciana/contracts';
import { type Conversing, RandomConversation } from './random-conversation.js';
import {
  CAMPAIGN,
  idOf,
  instantAt,
  OTHER_CAMPAIGN,
  OTHER_WORKSPACE,
  type SpecLog,
  WORKSPACE,
} from './stored-events.js';

/** Where people live: two workspaces, and two campaigns of one of them. */
export const PLACES = [
  [WORKSPACE, CAMPAIGN],
  [WORKSPACE, OTHER_CAMPAIGN],
  [OTHER_WORKSPACE, CAMPAIGN],
] as const;

const CREATED = { nodeId: 'created', type: 'participant-created', output: 'out' };
const MATCHES = { nodeId: 'check', type: 'field-check', output: 'match' };
const REMIND = { nodeId: 'remind', type: 'whatsapp-communication' };
/** Ways through the flow of `RANDOM_FLOW`. */
const PATHS = [
  [CREATED, MATCHES, { ...REMIND, output: 'out' }],
  [CREATED, { ...MATCHES, output: 'else' }],
  [CREATED, MATCHES, { ...REMIND, output: 'out', code: 'already_in_progress' }],
] as const;
/** The edges of the flows that people run through; else is open. */
export const RANDOM_FLOW = {
  nodes: [CREATED, MATCHES, REMIND].map(({ nodeId, type }) => ({ id: nodeId, name: nodeId, type, settings: {} })),
  edges: [
    { from: 'created', output: 'out', to: 'check' },
    { from: 'check', output: 'match', to: 'remind' },
  ],
} as const;
const STAGES = ['Planned', 'Started', 'Delivered', 'Read', 'Replied'] as const;
const ENDS = [
  { status: 'Completed' },
  { status: 'NoResponse' },
  { status: 'Skipped', code: 'window_missed' },
  { status: 'Canceled', code: 'canceled_by_flow' },
] as const;

export const PERSONAL_STEPS = ['upsert', 'delete', 'erase', 'run', 'cut', 'plan', 'advance', 'end', 'talk'] as const;

export interface PersonalStep {
  readonly what: (typeof PERSONAL_STEPS)[number];
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

/** Somebody who comes, is changed, runs through flows, is written to, talks and goes, any number of times, until she is erased. */
export class RandomPerson {
  /** What is taken out of the log once she is erased: everything that was said of her until then. */
  readonly erasedStreams = new Set<string>();
  private readonly id: string;
  private readonly workspace: string;
  private readonly campaignId: string;
  private readonly conversation: RandomConversation;
  private life = 0;
  private isThere = false;
  private isErased = false;
  private open: OpenCommunication[] = [];
  private readonly planned = new Set<string>();

  constructor(
    private readonly log: SpecLog,
    number: number,
  ) {
    this.id = idOf(`person ${number}`);
    [this.workspace, this.campaignId] = PLACES[number % PLACES.length] ?? PLACES[0];
    this.conversation = new RandomConversation(log, this.identity());
  }

  /** Does what is asked for, if that is possible now. */
  take({ what, choice }: PersonalStep): void {
    if (this.isErased) return;
    if (what === 'upsert') this.upsert(choice);
    else if (this.isThere) this.live({ what, choice });
  }

  private live({ what, choice }: PersonalStep): void {
    if (what === 'delete') this.leave({});
    else if (what === 'erase') this.forget();
    else if (what === 'run' || what === 'cut') this.run(what, choice);
    else if (what === 'plan') this.plan(choice);
    else if (what === 'talk') this.conversation.goOn(choice, this.open[0]?.id);
    else this.goOn(what === 'end' ? 'end' : 'advance', choice);
  }

  private upsert(choice: number): void {
    const type = this.isThere ? 'ParticipantUpdated' : 'ParticipantCreated';
    if (!this.isThere) this.life += 1;
    this.isThere = true;
    const { id, campaignId, life } = this;
    const source = { ...this.place(), uploadId: idOf(`upload ${choice % 3}`) };
    this.log.participant(type, { id, campaignId, life }, { name: `P${choice}` }, source);
  }

  private leave(erased: { readonly erased?: true }): void {
    this.isThere = false;
    const { id, campaignId, life } = this;
    const participant = { id, campaignId, life, customerId: this.identity().customerId, objectId: '' };
    this.log.append(`participant-${id}`, {
      type: 'ParticipantDeleted',
      data: { participant, ...erased },
      ...this.place(),
    });
  }

  /** As ingestion and dispatch tell it: the customer first, then what hangs on her, and nothing of her afterwards. */
  private forget(): void {
    const { customerId } = this.identity();
    for (const { stream } of this.log.events.filter((event) => this.isAboutHer(event.stream)))
      this.erasedStreams.add(stream);
    this.log.append(`customer-${customerId}`, { type: 'CustomerErased', data: { customerId }, ...this.place() });
    this.conversation.forget();
    this.leave({ erased: true });
    for (const current of this.open)
      this.communication('CommunicationEnded', current, {
        ...current.happened,
        ...ENDS[3],
        endedAt: instantAt(this.log.events.length),
      });
    this.isErased = true;
  }

  private isAboutHer(stream: string): boolean {
    const { streams } = this.conversation;
    return stream === `participant-${this.id}` || this.planned.has(stream) || streams.has(stream);
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
    const id = idOf(`communication ${this.log.events.length}`);
    const planned = { id, name: `NAME_${choice % 2}`, life: this.life, stage: 0, happened: {} };
    this.open.push(planned);
    this.planned.add(`communication-${id}`);
    this.communication('CommunicationPlanned', planned, { status: 'Planned' });
  }

  private goOn(what: 'advance' | 'end', choice: number): void {
    const current = this.open[choice % Math.max(1, this.open.length)];
    if (current === undefined) return;
    if (what === 'end') this.end(current, choice);
    else this.advance(current);
  }

  private end(current: OpenCommunication, choice: number): void {
    this.open = this.open.filter((each) => each !== current);
    const end = ENDS[choice % ENDS.length] ?? ENDS[0];
    const results = end.status === 'Completed' ? { personal: { results: { result: `R${choice}` } } } : {};
    this.communication(
      'CommunicationEnded',
      current,
      { ...current.happened, ...end, endedAt: instantAt(this.log.events.length) },
      results,
    );
  }

  private advance(current: OpenCommunication): void {
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
    rest: { readonly personal?: object } = {},
  ): void {
    const { id: participantId, campaignId } = this;
    this.log.communication(type, { participantId, campaignId, life, id, name, ...state }, { ...this.place(), ...rest });
  }

  private identity(): Conversing {
    const { id: participantId, campaignId, workspace } = this;
    return { participantId, campaignId, workspace, customerId: idOf(`customer of ${participantId}`) };
  }

  private place(): { readonly workspace: string } {
    return { workspace: this.workspace };
  }
}
