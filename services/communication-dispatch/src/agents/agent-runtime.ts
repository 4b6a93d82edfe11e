import type { JsonObject, workspace } from '@poinciana/contracts';

/** A message of a person, and the agent it goes to. */
export interface AgentQuestion {
  readonly agent: workspace.Agent;
  readonly text: string;
  /** What the campaign told the agent about the person. */
  readonly customerContext: JsonObject;
}

/** What the agent does with a message. */
export interface AgentTurn {
  /** Values by the names that the agent declares; not yet checked. */
  readonly results: JsonObject;
  /** Sent to the person. */
  readonly answer?: string;
  /** The conversation is over, with these results. */
  readonly close: boolean;
}

/** Who holds conversations. Asked once for each message; what it said is stored, and never asked again. */
export abstract class AgentRuntime {
  abstract readonly name: string;
  abstract respond(question: AgentQuestion): Promise<AgentTurn>;
}
