import {
  PAYMENT_REMINDER_FIELDS,
  type FieldDefinition,
  type Flow,
  PAYMENT_REMINDER_TEMPLATE,
  paymentReminderFlow,
} from '@poinciana/campaign-definition';
import {
  type Cuts,
  InMemoryEventStore,
  type NewEvent,
  NO_STREAM,
  type StoredEvent,
  categoryOf,
  derivedId,
  streamName,
} from '@poinciana/event-sourcing';
import { repeatUntilThrough } from '@poinciana/event-sourcing/testing';
import { ownPace, TestClock } from '@poinciana/service-kit';
import { CatchUpHandler } from '../src/handlers/catch-up.js';
import { Definitions } from '../src/handlers/definitions.js';
import { KnownSignals } from '../src/handlers/known-signals.js';
import { RunFlowsHandler } from '../src/handlers/run-flows.js';
import { NO_PYTHON } from '../src/handlers/python-evaluation.js';
import { SerialRuns } from '../src/handlers/serial-runs.js';
import { InMemoryContactHours } from '../src/storage/in-memory-contact-hours.js';
import { InMemoryCatchUps } from '../src/storage/in-memory-catch-ups.js';
import type { FlowParticipant } from '../src/domain/flow-participant.js';
import { InMemoryParticipants } from '../src/storage/in-memory-participants.js';

export const WORKSPACE = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
export const CAMPAIGN = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f10';
export const AGENT = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f11';
export const CHANNEL = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f12';
export const FLOW = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f13';
const START = Date.parse('2026-11-21T08:00:00Z');
const CATEGORIES = ['campaign', 'participant', 'communication', 'session'];

/** flow-execution on in-memory twins, and the log that others write for it. */
export class FlowWorld {
  readonly store: InMemoryEventStore;
  readonly clock = new TestClock(new Date(START));
  private readonly participants = new InMemoryParticipants();
  private readonly contactHours = new InMemoryContactHours();
  private readonly catchUps = new InMemoryCatchUps();
  private readonly runFlows: RunFlowsHandler<unknown>;
  private readonly catchUp: CatchUpHandler<unknown>;
  private readonly customers = new Map<number, string>();
  private written = 0;
  private readUpTo = 0;
  private generation = 0;
  private readonly cuts: Cuts | undefined;

  constructor(cuts?: Cuts) {
    this.cuts = cuts;
    this.store = new InMemoryEventStore(cuts);
    const definitions = new Definitions(this.store, new KnownSignals(this.contactHours, this.clock));
    const runs = new SerialRuns(this.store, this.clock, NO_PYTHON, this.contactHours);
    this.runFlows = new RunFlowsHandler(definitions, this.participants, this.catchUps, runs, this.contactHours);
    this.catchUp = new CatchUpHandler(definitions, this.participants, this.catchUps, runs, ownPace);
  }

  /** What campaign-config would have written: the payment reminder, ready to start. */
  async define(flow: Flow = reminderOnUpdates()): Promise<void> {
    const campaign = this.campaign('Inactive');
    const channel = {
      id: CHANNEL,
      name: 'WhatsApp',
      type: 'whatsapp',
      running: true,
      settings: {},
      encryptedSecrets: {},
      templates: [PAYMENT_REMINDER_TEMPLATE],
    };
    const agent = { id: AGENT, name: 'Bot', runtime: 'scripted', channelIds: [CHANNEL], results: [], inbound: false };
    await this.write(streamName('workspace', WORKSPACE), 'ChannelSaved', { channel });
    await this.write(streamName('workspace', WORKSPACE), 'AgentSaved', { agent });
    await this.write(streamName('campaign', CAMPAIGN), 'CampaignCreated', {
      campaign,
      fields: PAYMENT_REMINDER_FIELDS,
    });
    await this.save(flow, 1);
    await this.activate(flow.id);
  }

  async start(
    pauseAnswer: 'run' | 'newcomersOnly' = 'run',
    flows: readonly object[] = [{ flowId: FLOW, version: 1 }],
  ): Promise<void> {
    this.generation += 1;
    const data = {
      campaign: this.campaign('Active'),
      flows,
      pauseAnswer,
      overdueAnswer: 'skip',
      generation: this.generation,
    };
    await this.write(streamName('campaign', CAMPAIGN), 'CampaignStarted', data);
  }

  /** A person edits it between two Starts: another version of a flow. */
  async save(flow: Flow, version: number): Promise<void> {
    const campaign = this.campaign('Inactive');
    await this.write(streamName('campaign', CAMPAIGN), 'FlowSaved', { campaign, flow, version, note: '' });
  }

  async activate(flowId: string): Promise<void> {
    const campaign = this.campaign('Inactive');
    await this.write(streamName('campaign', CAMPAIGN), 'FlowActivated', { campaign, flowId, version: 1 });
  }

  async deactivate(flowId: string): Promise<void> {
    const campaign = this.campaign('Inactive');
    await this.write(streamName('campaign', CAMPAIGN), 'FlowDeactivated', { campaign, flowId });
  }

  async moveTo(timeZone: string): Promise<void> {
    await this.write(streamName('workspace', WORKSPACE), 'WorkspaceSettingsSaved', { name: 'Collections', timeZone });
  }

  async deleteFlow(flowId: string): Promise<void> {
    const campaign = this.campaign('Inactive');
    await this.write(streamName('campaign', CAMPAIGN), 'FlowDeleted', { campaign, flowId });
  }

  async defineFields(fields: readonly FieldDefinition[]): Promise<void> {
    const campaign = this.campaign('Inactive');
    await this.write(streamName('campaign', CAMPAIGN), 'FieldsDefined', { campaign, fields });
  }

  async stop(): Promise<void> {
    await this.write(streamName('campaign', CAMPAIGN), 'CampaignStopped', { campaign: this.campaign('Inactive') });
  }

  /** A person comes once; after that her values change. */
  async create(person: number, values: object): Promise<void> {
    const [known] = await this.store.readLast([streamName('participant', personId(person))]);
    if (known !== undefined) return this.update(person, values);
    const data = { participant: this.participant(person), changed: Object.keys(values), source: { door: 'api' } };
    await this.write(streamName('participant', personId(person)), 'ParticipantCreated', data, { values, previous: {} });
  }

  async update(person: number, values: object): Promise<void> {
    const [known] = await this.store.readLast([streamName('participant', personId(person))]);
    if (known === undefined) return;
    const data = { participant: this.participant(person), changed: Object.keys(values), source: { door: 'api' } };
    await this.write(streamName('participant', personId(person)), 'ParticipantUpdated', data, { values, previous: {} });
  }

  async erase(person: number): Promise<void> {
    await this.remove(person, { erased: true });
  }

  /** She leaves the campaign; her customer stays. */
  async remove(person: number, how: { readonly erased?: boolean } = {}): Promise<void> {
    const data = { participant: this.participant(person), ...how };
    await this.write(streamName('participant', personId(person)), 'ParticipantDeleted', data);
  }

  /** She is another participant of the same customer as somebody else. */
  belong(person: number, other: number): void {
    this.customers.set(person, this.customerOf(other));
  }

  /** What is kept of a person between batches. */
  async kept(person: number): Promise<FlowParticipant | undefined> {
    return (await this.participants.read([personId(person)]))[0]?.participant;
  }

  async communicate(
    person: number,
    communicationId: string,
    type: string,
    status: string,
    name: string,
  ): Promise<void> {
    const ended = type === 'CommunicationEnded' ? { endedAt: this.clock.now().toISOString() } : {};
    const communication = {
      id: communicationId,
      campaignId: CAMPAIGN,
      participantId: personId(person),
      customerId: this.customerOf(person),
      name,
      channelType: 'whatsapp',
      status,
      life: 1,
      silent: false,
      ...ended,
    };
    await this.write(
      streamName('communication', communicationId),
      type,
      { communication },
      { results: {} },
      personId(person),
    );
  }

  /** The person opens a conversation with an agent. */
  async session(person: number, agentId: string): Promise<void> {
    const session = {
      id: personId(person),
      channelId: CHANNEL,
      channelType: 'whatsapp',
      agentId,
      direction: 'inbound',
    };
    const data = { session, participantId: personId(person), campaignId: CAMPAIGN };
    await this.write(streamName('session', personId(person)), 'IncomingSessionStarted', data, {}, personId(person));
  }

  /** The communication that the first run planned. */
  async planned(person: number): Promise<string> {
    const [run] = await this.runsOf(person);
    const { plans = [] } = (run?.data ?? {}) as { readonly plans?: readonly { readonly communicationId: string }[] };
    return plans[0]?.communicationId ?? '';
  }

  /** Reads on, at most a number of events, as a bus would: a cut brings the same batch again. */
  async read(eventsMax = 5_000): Promise<boolean> {
    const log = await this.store.readLog({ shard: 0, number: this.readUpTo }, eventsMax);
    const events = log.filter((event) => CATEGORIES.includes(categoryOf(event.stream)));
    if (log.length === 0) return false;
    await repeatUntilThrough(async () => {
      this.cuts?.pass('before a batch is handled');
      const write =
        events.length === 0 ? undefined : await this.runFlows.handle({ group: 'flow-execution.runs', events });
      this.cuts?.pass('between append and state');
      await write?.({});
      this.cuts?.pass('between state and checkpoint');
    });
    this.readUpTo = log.at(-1)?.position.number ?? this.readUpTo;
    return true;
  }

  /** Works off what a Start left to do, as far as everybody has read. */
  async catchUpOnce(): Promise<boolean> {
    return repeatUntilThrough(() => this.catchUp.workOffOne(this.readUpTo, () => false));
  }

  async readAll(): Promise<void> {
    while ((await this.read()) || (await this.catchUpOnce()));
  }

  /** A world of its own with the same log of others, of which flow-execution has read nothing yet. */
  async retold(): Promise<FlowWorld> {
    const world = new FlowWorld();
    const log = await this.store.readLog({ shard: 0, number: 0 }, 5_000);
    for (const { stream, position: _, revision, ...event } of log.filter(
      ({ stream }) => categoryOf(stream) !== 'flow-runs',
    )) {
      await world.store.append([{ stream, expectedRevision: revision - 1, events: [event] }]);
    }
    return world;
  }

  /** The runs of everybody, in the order of each one's stream, without what may differ between two tellings. */
  async runs(people: number): Promise<readonly (readonly object[])[]> {
    const streams = Array.from({ length: people }, (_, person) => streamName('flow-runs', personId(person)));
    const stored = await this.store.readTails(streams.map((stream) => ({ stream, afterRevision: NO_STREAM })));
    return streams.map((stream) => stored.filter((event) => event.stream === stream).map(withoutEnvelope));
  }

  async runsOf(person: number): Promise<readonly StoredEvent[]> {
    return this.store.readTails([{ stream: streamName('flow-runs', personId(person)), afterRevision: NO_STREAM }]);
  }

  private async write(stream: string, type: string, data: object, personal?: object, key?: string): Promise<void> {
    const [last] = await this.store.readLast([stream]);
    this.written += 1;
    this.clock.set(new Date(START + this.written * 1_000));
    const id = derivedId('written by others', this.written);
    const event: NewEvent = {
      id,
      type,
      data,
      ...(personal === undefined ? {} : { personal }),
      workspace: WORKSPACE,
      key: key ?? stream.slice(-36),
      time: this.clock.now().toISOString(),
      causation: id,
      correlation: id,
      actor: 'user:anna',
      hop: 0,
    };
    await repeatUntilThrough(() =>
      this.store.append([{ stream, expectedRevision: last?.revision ?? NO_STREAM, events: [event] }]),
    );
  }

  private campaign(status: string): object {
    return { id: CAMPAIGN, name: 'Payment reminder', description: '', kind: 'flow', status };
  }

  private customerOf(person: number): string {
    return this.customers.get(person) ?? personId(person);
  }

  private participant(person: number): object {
    return { id: personId(person), campaignId: CAMPAIGN, customerId: this.customerOf(person), objectId: '', life: 1 };
  }
}

/** The payment reminder, which here also runs when a participant changes. */
function reminderOnUpdates(): Flow {
  const flow = paymentReminderFlow({
    flowId: FLOW,
    agentId: AGENT,
    channelId: CHANNEL,
    hours: { from: '00:00', to: '24:00' },
  });
  const updated = { id: 'updated', type: 'participant-updated', name: 'Participant Updated', settings: {} };
  return {
    ...flow,
    nodes: [...flow.nodes, updated],
    edges: [...flow.edges, { from: 'updated', output: 'out', to: 'is-paid' }],
  };
}

export function personId(person: number): string {
  return derivedId('person', person);
}

function withoutEnvelope({ id, type, data, personal, hop, causation }: StoredEvent): object {
  return { id, type, data, personal, hop, causation };
}
