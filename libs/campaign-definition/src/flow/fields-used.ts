import { isJsonObject, type JsonValue } from '../json.js';
import { isPropertyGroup } from '../values/property.js';
import type { Flow } from './flow.js';

/** A node that reads or writes a field; what keeps the field from being deleted or changing its type ([F]3). */
export interface FieldUse {
  readonly flowId: string;
  readonly flowName: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly field: string;
}

/** Every use of a customer or participant field by the nodes of a flow, each node and field once. */
export function fieldsUsed(flow: Flow): readonly FieldUse[] {
  return flow.nodes.flatMap((node) => {
    const names = new Set<string>();
    collect(node.settings, names);
    return [...names].map((field) => ({
      flowId: flow.id,
      flowName: flow.name,
      nodeId: node.id,
      nodeName: node.name,
      field,
    }));
  });
}

/** References to properties look the same in the settings of all node types. */
function collect(value: JsonValue | undefined, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) collect(item, names);
    return;
  }
  if (!isJsonObject(value)) return;
  const { group, name } = value;
  if (isPropertyGroup(group) && group !== 'communication' && typeof name === 'string') names.add(name);
  for (const member of Object.values(value)) collect(member, names);
}
