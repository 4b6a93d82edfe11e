import type { campaign as contract } from '@poinciana/contracts';
import type { EventOf } from '@poinciana/event-sourcing';

/** A flow as its campaign holds it: the newest version, and whether it is Active. */
export interface CampaignFlow {
  readonly flow: contract.Flow;
  readonly version: number;
  readonly active: boolean;
}

/** What is known of a campaign: folded from its stream. */
export interface Campaign extends contract.Campaign {
  readonly phase: 'none' | 'exists' | 'deleted';
  readonly fields: readonly contract.Field[];
  /** The last type of every field that there ever was, by name: values may outlive their field ([F]4). */
  readonly typesEver: Readonly<Record<string, string>>;
  /** In list order (A12). */
  readonly flows: readonly CampaignFlow[];
  /** The newest version that every flow ever had, deleted ones included: a version is never given twice. */
  readonly lastVersions: Readonly<Record<string, number>>;
  /** How often it was started. */
  readonly generation: number;
}

export type CampaignEvent =
  | EventOf<'CampaignCreated', contract.CampaignCreated>
  | EventOf<'CampaignEdited', contract.CampaignEdited>
  | EventOf<'CampaignDeleted', contract.CampaignDeleted>
  | EventOf<'FieldsDefined', contract.FieldsDefined>
  | EventOf<'FlowSaved', contract.FlowSaved>
  | EventOf<'FlowActivated', contract.FlowActivated>
  | EventOf<'FlowDeactivated', contract.FlowDeactivated>
  | EventOf<'FlowDeleted', contract.FlowDeleted>
  | EventOf<'FlowsOrdered', contract.FlowsOrdered>
  | EventOf<'CampaignStarted', contract.CampaignStarted>
  | EventOf<'CampaignStopped', contract.CampaignStopped>
  | EventOf<'CampaignFailed', contract.CampaignFailed>
  | EventOf<'CampaignRecovered', contract.CampaignRecovered>;

export const noCampaign: Campaign = {
  phase: 'none',
  id: '',
  name: '',
  description: '',
  kind: 'flow',
  status: 'Inactive',
  fields: [],
  typesEver: {},
  flows: [],
  lastVersions: {},
  generation: 0,
};

/** What every event of a campaign repeats of it. */
export function headOf(campaign: Campaign, change: Partial<contract.Campaign> = {}): contract.Campaign {
  const { id, name, description, kind, status, error } = campaign;
  return { id, name, description, kind, status, ...(error === undefined ? {} : { error }), ...change };
}

/** The same without an error. */
export function headWithoutError(campaign: Campaign, status: string): contract.Campaign {
  const { error: _, ...head } = headOf(campaign, { status });
  return head;
}

/** The campaign after an event. An event that this version does not know leaves it as it is. */
export function evolveCampaign(campaign: Campaign, event: CampaignEvent): Campaign {
  const next = evolveParts(campaign, event);
  const { campaign: head } = event.data as Partial<contract.CampaignStopped>;
  if (head === undefined) return next;
  const { error: _, ...rest } = next;
  return { ...rest, ...head };
}

function evolveParts(campaign: Campaign, event: CampaignEvent): Campaign {
  switch (event.type) {
    case 'CampaignCreated':
      return { ...campaign, phase: 'exists', ...withFields(campaign, event.data.fields) };
    case 'CampaignDeleted':
      return { ...campaign, phase: 'deleted' };
    case 'FieldsDefined':
      return { ...campaign, ...withFields(campaign, event.data.fields) };
    case 'CampaignStarted':
      return { ...campaign, generation: event.data.generation };
    case 'FlowSaved':
      return {
        ...campaign,
        flows: savedFlow(campaign.flows, event.data),
        lastVersions: withVersion(campaign, event.data),
      };
    default:
      return { ...campaign, flows: evolveFlows(campaign.flows, event) };
  }
}

function evolveFlows(flows: readonly CampaignFlow[], event: CampaignEvent): readonly CampaignFlow[] {
  switch (event.type) {
    case 'FlowActivated':
      return flows.map((each) => (each.flow.id === event.data.flowId ? { ...each, active: true } : each));
    case 'FlowDeactivated':
      return flows.map((each) => (each.flow.id === event.data.flowId ? { ...each, active: false } : each));
    case 'FlowsOrdered':
      return orderedFlows(flows, event.data.flowIds);
    case 'FlowDeleted':
      return flows.filter((each) => each.flow.id !== event.data.flowId);
    default:
      return flows;
  }
}

function withFields(campaign: Campaign, fields: readonly contract.Field[]): Pick<Campaign, 'fields' | 'typesEver'> {
  return {
    fields,
    typesEver: { ...campaign.typesEver, ...Object.fromEntries(fields.map(({ name, type }) => [name, type])) },
  };
}

function orderedFlows(flows: readonly CampaignFlow[], ids: readonly string[]): readonly CampaignFlow[] {
  return flows.toSorted((one, other) => ids.indexOf(one.flow.id) - ids.indexOf(other.flow.id));
}

function withVersion(
  { lastVersions }: Campaign,
  { flow, version }: contract.FlowSaved,
): Readonly<Record<string, number>> {
  return { ...lastVersions, [flow.id]: version };
}

function savedFlow(flows: readonly CampaignFlow[], saved: contract.FlowSaved): readonly CampaignFlow[] {
  const { flow, version } = saved;
  const known = flows.some((each) => each.flow.id === flow.id);
  if (!known) return [...flows, { flow, version, active: false }];
  return flows.map((each) => (each.flow.id === flow.id ? { ...each, flow, version } : each));
}
