import type { JsonObject } from '../json.js';

/** Bounds of one flow. */
export const NODES_MAX = 200;
export const EDGES_MAX = 1_000;
export const NODE_NAME_MAX = 200;
export const FLOW_NAME_MAX = 200;
export const SETTINGS_DEPTH_MAX = 12;
/** One flow, in bytes of JSON: with its campaign's head and a note it stays below the 768 KiB of an event. */
export const FLOW_BYTES_MAX = 640 * 1024;

export interface FlowNode {
  readonly id: string;
  /** The name of a node type, such as `field-check`. */
  readonly type: string;
  readonly name: string;
  readonly settings: JsonObject;
  /** Where it stands on the canvas; the engine does not look at it. */
  readonly layout?: JsonObject;
}

export interface FlowEdge {
  readonly id?: string;
  readonly from: string;
  /** `out`, or `match` and `else` of a condition. */
  readonly output: string;
  readonly to: string;
}

/** A graph of nodes. Edges stand in the order in which they were drawn (A13). */
export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}
