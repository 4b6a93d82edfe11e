import type { CampaignContext } from '../campaign-context.js';
import type { Flow, FlowNode } from '../flow/flow.js';
import type { JsonObject } from '../json.js';
import { problem, type Problem, type Severity } from '../problem.js';
import type { MessageParameters } from '../messages/render.js';
import type { VariableValues } from './outbound/message-text.js';
import type { OutboundMessage } from './outbound/outbound-message.js';
import type { Draft, SettingsReading } from './settings-reader.js';

export type NodeKind = 'trigger' | 'condition' | 'action';

export interface NodeOutput {
  readonly name: string;
  /** The label on the edge; none for the only output of a node. */
  readonly title?: string;
  /** Whether the branch may stay unconnected: only the Else of a condition may. Outputs of actions are free. */
  readonly mayStayOpen: boolean;
}

/** What a node's own checks see, and where they put what they find. */
export class NodeCheck {
  readonly problems: Problem[] = [];
  constructor(
    readonly node: FlowNode,
    readonly flow: Flow,
    readonly context: CampaignContext,
  ) {}

  add(
    code: string,
    setting: string | undefined,
    parameters: MessageParameters = {},
    severity: Severity = 'error',
  ): void {
    const place = { nodeId: this.node.id, severity, ...(setting === undefined ? {} : { setting }) };
    this.problems.push(problem(code, { node: this.node.name, ...parameters }, place));
  }

  /** Python may be used once there is a runtime for it. */
  python(setting: string): void {
    if (this.context.pythonAvailable !== true) this.add('python_unavailable', setting);
  }
}

/** One kind of node: its settings, its checks and how it reads. What it does is told by the folder of the same name in the engine. */
export interface NodeType<Settings> {
  readonly type: string;
  readonly kind: NodeKind;
  readonly title: string;
  readonly howItWorks: string;
  readonly outputs: readonly NodeOutput[];
  /** Reads the settings as far as they go; never throws. */
  readSettings(settings: JsonObject): SettingsReading<Settings>;
  /** What activation checks beyond the settings' own form. */
  check(settings: Draft<Settings>, check: NodeCheck): void;
  /** The settings as one line, for the card, the trace and comparisons. */
  summary(settings: Draft<Settings>, context: CampaignContext): string;
  /** For communication actions: what is sent, given the values of its variables; undefined when the settings are not complete. */
  message?(settings: Draft<Settings>, values: VariableValues): OutboundMessage | undefined;
}

export const OUT: readonly NodeOutput[] = [{ name: 'out', mayStayOpen: true }];
export const MATCH_AND_ELSE: readonly NodeOutput[] = [
  { name: 'match', title: 'Match', mayStayOpen: false },
  { name: 'else', title: 'Else', mayStayOpen: true },
];

/** A trigger: no settings, nothing to check. */
export function triggerType(type: string, title: string, howItWorks: string): NodeType<Record<string, never>> {
  return {
    type,
    kind: 'trigger',
    title,
    howItWorks,
    outputs: OUT,
    readSettings: () => ({ draft: {}, problems: [] }),
    check: () => undefined,
    summary: () => title,
  };
}
