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
  /** In list order (A12). */
  readonly flows: readonly CampaignFlow[];
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
  | EventOf<'CampaignStarted', contract.CampaignStarted>
  | EventOf<'CampaignStopped', contract.CampaignStopped>;

export const noCampaign: Campaign = {
  phase: 'none',
  id: '',
  name: '',
  description: '',
  kind: 'flow',
  status: 'Inactive',
  fields: [],
  flows: [],
  generation: 0,
};

/** What every event of a campaign repeats of it. */
export function headOf(campaign: Campaign, change: Partial<contract.Campaign> = {}): contract.Campaign {
  const { id, name, description, kind, status } = campaign;
  return { id, name, description, kind, status, ...change };
}

/** The campaign after an event. An event that this version does not know leaves it as it is. */
export function evolveCampaign(campaign: Campaign, event: CampaignEvent): Campaign {
  return { ...evolveParts(campaign, event), ...event.data.campaign };
}

function evolveParts(campaign: Campaign, event: CampaignEvent): Campaign {
  switch (event.type) {
    case 'CampaignCreated':
      return { ...campaign, phase: 'exists', fields: event.data.fields };
    case 'CampaignDeleted':
      return { ...campaign, phase: 'deleted' };
    case 'FieldsDefined':
      return { ...campaign, fields: event.data.fields };
    case 'CampaignStarted':
      return { ...campaign, generation: event.data.generation };
    default:
      return { ...campaign, flows: evolveFlows(campaign.flows, event) };
  }
}

function evolveFlows(flows: readonly CampaignFlow[], event: CampaignEvent): readonly CampaignFlow[] {
  switch (event.type) {
    case 'FlowSaved':
      return savedFlow(flows, event.data);
    case 'FlowActivated':
      return flows.map((each) => (each.flow.id === event.data.flowId ? { ...each, active: true } : each));
    case 'FlowDeactivated':
      return flows.map((each) => (each.flow.id === event.data.flowId ? { ...each, active: false } : each));
    case 'FlowDeleted':
      return flows.filter((each) => each.flow.id !== event.data.flowId);
    default:
      return flows;
  }
}

function savedFlow(flows: readonly CampaignFlow[], saved: contract.FlowSaved): readonly CampaignFlow[] {
  const { flow, version } = saved;
  const known = flows.some((each) => each.flow.id === flow.id);
  if (!known) return [...flows, { flow, version, active: false }];
  return flows.map((each) => (each.flow.id === flow.id ? { ...each, flow, version } : each));
}
