import { OUT, type NodeType } from '../node-type.js';
import { SettingsReader } from '../settings-reader.js';

export interface ToAnotherFlowSettings {
  readonly flowId: string;
}

export const toAnotherFlow: NodeType<ToAnotherFlowSettings> = {
  type: 'to-another-flow',
  kind: 'action',
  title: 'To Another Flow',
  howItWorks: 'Starts another flow of this campaign at its From Another Flow trigger.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    return { draft: { flowId: reader.requiredText('flowId', 'Target flow', 64) }, problems: reader.problems };
  },
  check: (settings, check) => {
    if (settings.flowId === undefined) return;
    if (settings.flowId === check.flow.id) return check.add('flow_targets_itself', 'flowId');
    const target = check.context.flows.find((other) => other.flow.id === settings.flowId);
    if (target === undefined) return check.add('missing_flow', 'flowId');
    const flow = target.flow.name;
    if (!target.flow.nodes.some((node) => node.type === 'from-another-flow'))
      check.add('target_without_trigger', 'flowId', { flow });
    if (!target.active) check.add('target_flow_inactive', 'flowId', { flow }, 'warning');
  },
  summary: (settings, context) => {
    const target = context.flows.find((other) => other.flow.id === settings.flowId);
    return `Move to ${target?.flow.name ?? 'another flow'}`;
  },
};
