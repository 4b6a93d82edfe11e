import type { CampaignContext, Flow, FlowNode, MessageParameters } from '@poinciana/campaign-definition';
import type { Compared, FlowRun, Step } from '../run/flow-run.js';

/** A sentence before it has a language. */
export interface Message {
  readonly code: string;
  readonly parameters: MessageParameters;
  /** A code of the catalogue of reasons that belongs to it. */
  readonly reasonCode?: string;
}

/** A sentence for people about one step. */
export interface Sentence extends Message {
  readonly text: string;
  /** What one can do about the coded reason; empty where there is nothing. */
  readonly advice: string;
  readonly nodeId?: string;
  /** The index of the step in the run. */
  readonly step?: number;
}

/** A step with everything that is needed to tell it. */
export interface ToldStep {
  readonly run: FlowRun;
  readonly step: Step;
  readonly compared: Compared | undefined;
  readonly node: FlowNode;
  /** The version of the flow that the run took. */
  readonly flow: Flow;
  readonly context: CampaignContext;
}
