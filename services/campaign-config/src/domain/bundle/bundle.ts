import type { campaign as contract } from '@poinciana/contracts';

/** What a bundle calls itself, and its shape. A new shape is a new number. */
export const BUNDLE_FORMAT = 'poinciana-campaign';
export const BUNDLE_VERSION = 1;

/** A flow as a bundle has it: it and what it refers to are known by keys, not by the ids of a workspace. */
export interface BundledFlow {
  /** `flow-1`, in list order. */
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly contract.FlowNode[];
  readonly edges: readonly contract.FlowEdge[];
}

/** What a campaign does; two campaigns that do the same have the same, whatever they are called and wherever they are. */
export interface BundledDefinition {
  readonly fields: readonly contract.Field[];
  readonly flows: readonly BundledFlow[];
}

/** An agent or a channel that the flows refer to, as it was where the bundle comes from. */
export interface BundledReference {
  /** `agent-1`, `channel-1`, in the order in which the flows name them. */
  readonly key: string;
  readonly id: string;
  /** Empty when it was missing there already. */
  readonly name: string;
  /** Of a channel. */
  readonly type?: string;
}

/** What a campaign is called and what it needs around it. */
export interface BundledCampaign {
  readonly name: string;
  readonly description: string;
  readonly agents: readonly BundledReference[];
  readonly channels: readonly BundledReference[];
}

export interface Bundle {
  readonly campaign: BundledCampaign;
  readonly definition: BundledDefinition;
}
