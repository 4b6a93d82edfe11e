import {
  coerce,
  findProperty,
  type Assignment,
  type CampaignContext,
  type FieldValue,
  type UpdateFieldSettings,
  type ValueShape,
} from '@poinciana/campaign-definition';
import type { TracedValue } from '../../run/flow-run.js';
import { tracedValue } from '../../run/traced-value.js';
import type { Walk } from '../../run/walk.js';
import type { Read } from '../../values/compile-property.js';
import { compileSource, localDateOf } from '../../values/compile-source.js';
import { displayTraced } from '../../explain/display.js';
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
    for (const assignment of draft.assignments ?? []) {
      const compiled = compileAssignment(assignment, context);
      if (compiled === undefined) return undefined;
      assignments.push(compiled);
    }
    const fields = assignments.map((assignment) => assignment.name);
    return (walk, step) => {
      const before = walk.assigned === undefined ? undefined : { ...walk.assigned };
      const assigned: Record<string, TracedValue> = {};
      for (const assignment of assignments) {
        const code = assign(assignment, walk, assigned);
        if (code === undefined) continue;
        walk.assigned = before;
        return walk.fail(node.id, 'invalid_value', code);
      }
      step.fields = fields;
      walk.trace({ assigned });
      return 'out';
    };
  },
  explain: ({ step, compared, context }) => {
    const changes = (step.fields ?? []).map((name) => {
      const title = context.fields.find((field) => field.name === name)?.title ?? name;
      return `${title} = ${displayTraced(compared?.assigned?.[name])}`;
    });
    return { code: 'updated', parameters: { changes: changes.join('; ') } };
  },
};

function compileAssignment(assignment: Assignment, context: CampaignContext): CompiledAssignment | undefined {
  const { property } = findProperty(assignment.field, context);
  if (property === undefined || property.group === 'communication') return undefined;
  const { name } = property;
  if (assignment.value === undefined) return { name, target: property, read: () => undefined };
  if (assignment.value.source === 'static') {
    const typed = assignment.value.value;
    return { name, target: property, read: () => typed };
  }
  const source = compileSource(assignment.value, property, context);
  if (source === undefined) return undefined;
  const dateFromInstant = property.type === 'date' && source.type === 'datetime';
  return { name, target: property, read: dateFromInstant ? (walk) => localDate(source.read(walk), walk) : source.read };
}

function localDate(value: FieldValue | undefined, walk: Walk): FieldValue | undefined {
  return typeof value === 'string' ? localDateOf(value, walk) : undefined;
}

/** Assigns one field; an empty or missing value resets it (A22). Returns the code of a value that does not fit. */
function assign(
  { name, target, read }: CompiledAssignment,
  walk: Walk,
  assigned: Record<string, TracedValue>,
): string | undefined {
  const coerced = coerce(target, read(walk), { zone: walk.input.zone.name });
  if (coerced.kind === 'problem') return coerced.code;
  const value = coerced.kind === 'value' ? coerced.value : null;
  walk.assign(name, value);
  assigned[name] = tracedValue(value);
  return undefined;
}
