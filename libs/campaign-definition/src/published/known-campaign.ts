import type { campaign as contract } from '@poinciana/contracts';
import type { FlowNode } from '../flow/flow.js';

/** A place in the log, as the event store gives it. */
interface LogPosition {
  readonly shard: number;
  readonly number: number;
}

/** A stored event of a stream, as far as a reader of definitions needs it. */
interface PublishedEvent {
  readonly type: string;
  readonly data: object;
  readonly workspace: string;
  readonly position: LogPosition;
  readonly time: string;
}

/** A time in which the campaign was Active: from one Start to the next Stop, or until every send had to fail (A49). */
export interface Activation {
  /** Counts the Starts from 1. */
  readonly generation: number;
  readonly startedAt: LogPosition;
  /** The instant of Start by the Clock port. */
  readonly startedOn: string;
  readonly stoppedAt?: LogPosition;
  /** What runs, in list order: flow ids with their versions. */
  readonly flows: readonly contract.ActiveFlow[];
  /** The fields as they were at Start: whoever reads later what fell into this time must not see them edited ([W]9). */
  readonly fields: readonly contract.Field[];
  readonly pauseAnswer: string;
  readonly overdueAnswer: string;
}

/** What everybody may know of a campaign: folded from its stream. */
export interface KnownCampaign {
  readonly phase: 'none' | 'exists' | 'deleted';
  readonly workspace: string;
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly fields: readonly contract.Field[];
  /** Every saved version of every flow: `flowVersions[flowId][version]`. */
  readonly flowVersions: Readonly<Record<string, Readonly<Record<number, contract.Flow>>>>;
  /** Flows that are gone; their versions stay known for what ran them. */
  readonly deletedFlowIds: readonly string[];
  /** Flows that are Active now: what a Start would run, and while the campaign is Active what runs. */
  readonly activeFlowIds: readonly string[];
  readonly activations: readonly Activation[];
}

const unknown: KnownCampaign = {
  phase: 'none',
  workspace: '',
  id: '',
  name: '',
  status: 'Inactive',
  fields: [],
  flowVersions: {},
  deletedFlowIds: [],
  activeFlowIds: [],
  activations: [],
};

type Fold = (known: KnownCampaign, event: PublishedEvent) => KnownCampaign;

const folds: Readonly<Record<string, Fold>> = {
  CampaignCreated: (known, event) => ({
    ...known,
    phase: 'exists',
    workspace: event.workspace,
    fields: (event.data as contract.CampaignCreated).fields,
  }),
  CampaignDeleted: (known) => ({ ...known, phase: 'deleted' }),
  FieldsDefined: (known, event) => ({ ...known, fields: (event.data as contract.FieldsDefined).fields }),
  FlowSaved: (known, event) => withFlow(known, event.data as contract.FlowSaved),
  FlowDeleted: (known, event) => ({
    ...known,
    deletedFlowIds: [...known.deletedFlowIds, (event.data as contract.FlowDeleted).flowId],
    activeFlowIds: withoutActive(known, event),
  }),
  FlowActivated: (known, event) => ({
    ...known,
    activeFlowIds: [...withoutActive(known, event), (event.data as contract.FlowActivated).flowId],
  }),
  FlowDeactivated: (known, event) => ({ ...known, activeFlowIds: withoutActive(known, event) }),
  CampaignStarted: (known, event) => ({ ...known, activations: [...known.activations, activationOf(known, event)] }),
  CampaignStopped: (known, event) => ({ ...known, activations: stopped(known.activations, event.position) }),
  CampaignFailed: (known, event) => ({ ...known, activations: stopped(known.activations, event.position) }),
};

/** The fold of campaign-<id>, for readers that are not its writer. */
export const knownCampaign = {
  initialState: unknown,
  evolve(known: KnownCampaign, event: PublishedEvent): KnownCampaign {
    const { campaign } = event.data as { readonly campaign?: contract.Campaign };
    const next = folds[event.type]?.(known, event) ?? known;
    return campaign === undefined ? next : { ...next, id: campaign.id, name: campaign.name, status: campaign.status };
  },
};

/** The activation in which a position of the log lies, if the campaign was Active there. */
export function activationAt(known: KnownCampaign, position: LogPosition): Activation | undefined {
  return known.activations.findLast(
    (activation) =>
      activation.startedAt.number < position.number &&
      (activation.stoppedAt === undefined || position.number < activation.stoppedAt.number),
  );
}

/** The node of a flow version that planned a communication; undefined when the campaign does not know it. */
export function plannedNode(
  known: KnownCampaign,
  plan: { readonly flowId: string; readonly flowVersion: number; readonly nodeId: string },
): FlowNode | undefined {
  const flow = known.flowVersions[plan.flowId]?.[plan.flowVersion];
  return flow?.nodes.find((node) => node.id === plan.nodeId) as FlowNode | undefined;
}

/** The activation that is running now, if any. */
export function currentActivation(known: KnownCampaign): Activation | undefined {
  const last = known.activations.at(-1);
  return last?.stoppedAt === undefined ? last : undefined;
}

function withFlow(known: KnownCampaign, saved: contract.FlowSaved): KnownCampaign {
  const versions = { ...known.flowVersions[saved.flow.id], [saved.version]: saved.flow };
  return { ...known, flowVersions: { ...known.flowVersions, [saved.flow.id]: versions } };
}

function withoutActive({ activeFlowIds }: KnownCampaign, { data }: PublishedEvent): readonly string[] {
  const { flowId } = data as contract.FlowDeactivated;
  return activeFlowIds.filter((each) => each !== flowId);
}

function activationOf({ fields }: KnownCampaign, event: PublishedEvent): Activation {
  const { generation, flows, pauseAnswer, overdueAnswer } = event.data as contract.CampaignStarted;
  return { generation, flows, fields, pauseAnswer, overdueAnswer, startedAt: event.position, startedOn: event.time };
}

function stopped(activations: readonly Activation[], stoppedAt: LogPosition): readonly Activation[] {
  return activations.map((activation) =>
    activation.stoppedAt === undefined ? { ...activation, stoppedAt } : activation,
  );
}
