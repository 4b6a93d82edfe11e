import type { campaign as contract } from '@poinciana/contracts';
import type { SeenState } from './seen-state.js';
import type { Workspace } from './workspace.js';

export interface CreateCampaign {
  readonly type: 'CreateCampaign';
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A campaign with everything that a bundle holds (A86). */
export interface ImportCampaign {
  readonly type: 'ImportCampaign';
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly fields: readonly contract.Field[];
  readonly flows: readonly contract.Flow[];
  readonly workspace: Workspace;
}

/** What is left out stays as it is. */
export interface EditCampaign {
  readonly type: 'EditCampaign';
  readonly name?: string;
  readonly description?: string;
  readonly seen?: SeenState | undefined;
}

export interface DeleteCampaign {
  readonly type: 'DeleteCampaign';
}

/** The whole list of fields, in the order of the Data tab. */
export interface DefineFields {
  readonly type: 'DefineFields';
  readonly fields: readonly contract.Field[];
  readonly workspace: Workspace;
  /** Names of the fields that somebody holds a value for ([F]4). */
  readonly held: readonly string[];
  readonly seen?: SeenState | undefined;
}

/** An empty flow, with a default name unless one is given. */
export interface CreateFlow {
  readonly type: 'CreateFlow';
  readonly flowId: string;
  readonly name?: string | undefined;
}

/** A new version of a flow, or its first. */
export interface SaveFlow {
  readonly type: 'SaveFlow';
  readonly flow: contract.Flow;
  readonly note: string;
  /** The version that it repeats. */
  readonly restoredFrom?: number;
  readonly workspace: Workspace;
  readonly seen?: SeenState | undefined;
}

export interface RenameFlow {
  readonly type: 'RenameFlow';
  readonly flowId: string;
  readonly name: string;
  readonly seen?: SeenState | undefined;
}

/** All flows in the order in which they run (A12). */
export interface OrderFlows {
  readonly type: 'OrderFlows';
  readonly flowIds: readonly string[];
}

export interface ActivateFlow {
  readonly type: 'ActivateFlow';
  readonly flowId: string;
  readonly workspace: Workspace;
}

export interface DeactivateFlow {
  readonly type: 'DeactivateFlow';
  readonly flowId: string;
}

export interface DeleteFlow {
  readonly type: 'DeleteFlow';
  readonly flowId: string;
}

/** Start, with the answers to its questions (A2, A9). */
export interface StartCampaign {
  readonly type: 'StartCampaign';
  readonly pauseAnswer: 'run' | 'newcomersOnly';
  readonly overdueAnswer: 'skip' | 'replan';
  readonly workspace: Workspace;
}

export interface StopCampaign {
  readonly type: 'StopCampaign';
}

/** Looks whether every send must fail (A49). */
export interface DiagnoseCampaign {
  readonly type: 'DiagnoseCampaign';
  readonly workspace: Workspace;
  /** Channels whose provider refuses everything, by id: the reason's code. */
  readonly failedChannels: Readonly<Record<string, string>>;
}

export type CampaignCommand =
  | CreateCampaign
  | ImportCampaign
  | EditCampaign
  | DeleteCampaign
  | DefineFields
  | CreateFlow
  | SaveFlow
  | RenameFlow
  | OrderFlows
  | ActivateFlow
  | DeactivateFlow
  | DeleteFlow
  | StartCampaign
  | StopCampaign
  | DiagnoseCampaign;
