import {
  findProperty,
  type Assignment,
  type CampaignContext,
  type FieldValue,
  type UpdateFieldSettings,
  type ValueShape,
} from '@poinciana/campaign-definition';
import { Assigning } from '../../run/assigning.js';
import type { Walk } from '../../run/walk.js';
import type { Read } from '../../values/compile-property.js';
import { compileSource, localDateOf, type SourcePlace } from '../../values/compile-source.js';
import { explainAssigned } from '../../explain/explain-assigned.js';
import type { NodeExecution } from '../node-execution.js';

interface CompiledAssignment {
  readonly name: string;
  readonly target: ValueShape;
  readonly read: Read;
}

/** Sets and resets fields; all assignments of the node or none (A15). Each sees those before it ([W]8). */
export const updateField: NodeExecution<UpdateFieldSettings> = {
  type: 'update-field',
  compile: (node, draft, context) => {
    const assignments: CompiledAssignment[] = [];
    for (const [index, assignment] of (draft.assignments ?? []).entries()) {
      const compiled = compileAssignment(assignment, context, { nodeId: node.id, setting: `assignments.${index}` });
      if (compiled === undefined) return undefined;
      assignments.push(compiled);
    }
    const fields = assignments.map((assignment) => assignment.name);
    return (walk, step) => {
      const assigning = new Assigning(walk);
      for (const { name, target, read } of assignments) {
        const value = read(walk);
        if (walk.questions.length > 0) return 'out';
        assigning.assign(name, target, value);
      }
      return assigning.finish(node.id, step, fields);
    };
  },
  explain: explainAssigned,
};

function compileAssignment(
  assignment: Assignment,
  context: CampaignContext,
  place: SourcePlace,
): CompiledAssignment | undefined {
  const { property } = findProperty(assignment.field, context);
  if (property === undefined || property.group === 'communication') return undefined;
  const { name } = property;
  if (assignment.value === undefined) return { name, target: property, read: () => undefined };
  if (assignment.value.source === 'static') {
    const typed = assignment.value.value;
    return { name, target: property, read: () => typed };
  }
  const source = compileSource(assignment.value, property, context, place);
  if (source === undefined) return undefined;
  const dateFromInstant = property.type === 'date' && source.type === 'datetime';
  return { name, target: property, read: dateFromInstant ? (walk) => localDate(source.read(walk), walk) : source.read };
}

function localDate(value: FieldValue | undefined, walk: Walk): FieldValue | undefined {
  return typeof value === 'string' ? localDateOf(value, walk) : undefined;
}
