import { coerce, type FieldValue, type ValueShape } from '@poinciana/campaign-definition';
import type { TracedValue } from './flow-run.js';
import { tracedValue } from './traced-value.js';
import { areTooLarge } from './values-size.js';
import type { StepDraft, Walk } from './walk.js';

/** The assignments of one node: all of them take effect, or none (A15). Each sees those before it ([W]8). */
export class Assigning {
  private readonly before: Readonly<Record<string, FieldValue | null>> | undefined;
  private readonly assigned: Record<string, TracedValue> = {};
  private problem: { readonly code: string; readonly detail?: string } | undefined;

  constructor(private readonly walk: Walk) {
    this.before = walk.assigned === undefined ? undefined : { ...walk.assigned };
  }

  /** Assigns one field; an empty or missing value resets it (A22). After one that does not fit the rest is left out. */
  assign(name: string, target: ValueShape, raw: unknown): void {
    const { walk } = this;
    if (walk.raised !== undefined) this.problem ??= { code: walk.raised };
    if (this.problem !== undefined) return;
    const coerced = coerce(target, raw, { zone: walk.input.zone.name });
    if (coerced.kind === 'problem') {
      this.problem = { code: 'invalid_value', detail: coerced.code };
      return;
    }
    const value = coerced.kind === 'value' ? coerced.value : null;
    if (!walk.keep({ [name]: value })) this.problem = { code: 'run_too_large' };
    walk.assign(name, value);
    this.assigned[name] = tracedValue(value);
  }

  /** Refuses everything, whatever was assigned. */
  refuse(code: string, detail?: string): void {
    this.problem ??= detail === undefined ? { code } : { code, detail };
  }

  /** The output to leave by; undefined after a failure, which leaves the values as they were. */
  finish(nodeId: string, step: StepDraft, fields: readonly string[]): string | undefined {
    const { walk } = this;
    if (this.problem === undefined && areTooLarge(walk)) this.problem = { code: 'participant_too_large' };
    if (this.problem === undefined) walk.trace({ assigned: this.assigned });
    if (walk.isTooLarge) this.problem ??= { code: 'run_too_large' };
    if (this.problem !== undefined) {
      walk.assigned = this.before;
      return walk.fail(nodeId, this.problem.code, this.problem.detail);
    }
    step.fields = fields;
    return 'out';
  }
}
