import { type Problem, isJsonObject, parseFlow } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { FLOWS_MAX } from '../campaign-flows.js';
import type { Bundle, BundledCampaign, BundledDefinition, BundledFlow, BundledReference } from './bundle.js';

/** More fields, agents or channels than any campaign may have. */
const LIST_MAX = 1_000;
const TEXT_MAX = 20_000;
const KEY = /^(missing-)?(flow|agent|channel)-\d{1,6}$/;

/** Reads what a bundle holds: known members only, every text and list within bounds, every flow one that may be stored. */
export function readBundle(campaign: unknown, definition: unknown): Bundle {
  return { campaign: readCampaign(campaign), definition: readDefinition(definition) };
}

function readCampaign(raw: unknown): BundledCampaign {
  const { name, description, agents, channels } = membersOf(raw, 'campaign.json');
  return {
    name: textOf(name, 'name'),
    description: textOf(description, 'description'),
    agents: listOf(agents, 'agents').map(readReference),
    channels: listOf(channels, 'channels').map(readReference),
  };
}

function readDefinition(raw: unknown): BundledDefinition {
  const { fields, flows } = membersOf(raw, 'definition.json');
  const listed = listOf(flows, 'flows');
  if (listed.length > FLOWS_MAX) throw invalid(`a campaign holds at most ${FLOWS_MAX} flows`);
  const read = listed.map(readFlow);
  if (new Set(read.map(({ key }) => key)).size < read.length) throw invalid('two flows have the same key');
  return { fields: listOf(fields, 'fields').map(readField), flows: read };
}

function readField(raw: unknown): contract.Field {
  const field = membersOf(raw, 'a field');
  return {
    name: textOf(field['name'], 'the name of a field'),
    title: textOf(field['title'], 'the title of a field'),
    description: textOf(field['description'] ?? '', 'the description of a field'),
    type: textOf(field['type'], 'the type of a field'),
    level: levelOf(field['level']),
    import: field['import'] === true,
    required: field['required'] === true,
    locked: field['locked'] === true,
    enumerationValues: listOf(field['enumerationValues'] ?? [], 'allowed values').map((value) =>
      textOf(value, 'an allowed value'),
    ),
  };
}

function levelOf(level: unknown): string {
  if (level === 'customer' || level === 'participant') return level;
  throw invalid('a field has the level customer or participant');
}

function readFlow(raw: unknown): BundledFlow {
  const { key, name, nodes, edges } = membersOf(raw, 'a flow');
  const id = keyOf(key);
  const parsed = parseFlow({ id, name, nodes, edges });
  if (!('flow' in parsed)) throw invalid(parsed.problems[0]?.sentence ?? 'a flow cannot be read', parsed.problems);
  const { flow } = parsed;
  const drawn = flow.edges.map(({ from, output, to }) => ({ from, output, to }));
  return { key: id, name: flow.name, nodes: flow.nodes as readonly contract.FlowNode[], edges: drawn };
}

function readReference(raw: unknown): BundledReference {
  const { key, id, name, type } = membersOf(raw, 'a reference');
  const read = { key: keyOf(key), id: textOf(id, 'an id'), name: textOf(name, 'a name') };
  return type === undefined ? read : { ...read, type: textOf(type, 'the type of a channel') };
}

function membersOf(raw: unknown, what: string): Readonly<Record<string, unknown>> {
  if (isJsonObject(raw)) return raw;
  throw invalid(`${what} is no object`);
}

function listOf(raw: unknown, what: string): readonly unknown[] {
  if (Array.isArray(raw) && raw.length <= LIST_MAX) return raw as readonly unknown[];
  throw invalid(`${what} must be a list of at most ${LIST_MAX}`);
}

function textOf(raw: unknown, what: string): string {
  if (typeof raw === 'string' && raw.length <= TEXT_MAX) return raw;
  throw invalid(`${what} must be a text of at most ${TEXT_MAX} characters`);
}

function keyOf(raw: unknown): string {
  if (typeof raw === 'string' && KEY.test(raw)) return raw;
  throw invalid('a key cannot be used');
}

function invalid(why: string, problems?: readonly Problem[]): DomainError {
  const details = problems === undefined ? undefined : { problems };
  return new DomainError('invalid_bundle', `The bundle cannot be imported: ${why}`, 'invalid', details);
}
