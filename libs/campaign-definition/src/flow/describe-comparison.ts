import type { JsonValue } from '../json.js';
import { COMPARISON_MESSAGES } from '../messages/comparison-messages.js';
import { render, type MessageCatalogue } from '../messages/render.js';
import { nodeType } from '../nodes/registry.js';
import type { EdgeChange, FlowComparison, NodeChange } from './compare-flows.js';
import type { SettingChange } from './compare-settings.js';
import type { Flow } from './flow.js';

const SETTINGS_TOLD_MAX = 5;
const VALUE_CHARACTERS_MAX = 100;

/** A comparison as sentences, one for each thing that differs, in the order of the comparison. */
export function describeComparison(
  comparison: FlowComparison,
  before: Flow,
  after: Flow,
  messages: MessageCatalogue = COMPARISON_MESSAGES,
): readonly string[] {
  const names = new Map([...before.nodes, ...after.nodes].map(({ id, name }) => [id, name]));
  const sentences = [
    ...(comparison.name === undefined ? [] : [render(messages, 'flow_renamed', comparison.name)]),
    ...comparison.nodes.map((change) => describeNode(change, messages)),
    ...comparison.edges.map((change) => describeEdge(change, names, messages)),
  ];
  return sentences.length === 0 ? [render(messages, 'no_difference')] : sentences;
}

function describeNode(node: NodeChange, messages: MessageCatalogue): string {
  const { before = '', after = '' } = node.summaries;
  const title = nodeType(node.type)?.title ?? node.type;
  const parameters = { type: title, node: node.name, before: shown(before), after: shown(after) };
  if (node.change === 'added') return render(messages, 'node_added', parameters);
  if (node.change === 'removed') return render(messages, 'node_removed', parameters);
  if (before !== after) return render(messages, 'node_reworded', parameters);
  return render(messages, 'node_changed', { ...parameters, changes: describeSettings(node.settings, messages) });
}

function describeSettings(settings: readonly SettingChange[], messages: MessageCatalogue): string {
  const told = settings.slice(0, SETTINGS_TOLD_MAX).map((each) => describeSetting(each, messages));
  const more = settings.length - told.length;
  return [...told, ...(more > 0 ? [render(messages, 'more_changes', { count: more })] : [])].join(', ');
}

function describeSetting({ setting, before, after }: SettingChange, messages: MessageCatalogue): string {
  const code = before === undefined ? 'setting_set' : after === undefined ? 'setting_reset' : 'setting_changed';
  return render(messages, code, { setting, before: valueText(before), after: valueText(after) });
}

function describeEdge(
  { change, edge }: EdgeChange,
  names: ReadonlyMap<string, string>,
  messages: MessageCatalogue,
): string {
  const output = edge.output === 'out' ? '' : render(messages, 'on_output', { output: edge.output });
  const parameters = { from: names.get(edge.from) ?? edge.from, to: names.get(edge.to) ?? edge.to, output };
  return render(messages, change === 'added' ? 'edge_added' : 'edge_removed', parameters);
}

function valueText(value: JsonValue | undefined): string {
  return value === undefined ? '' : shown(typeof value === 'string' ? value : JSON.stringify(value));
}

function shown(text: string): string {
  return text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX)}…` : text;
}
