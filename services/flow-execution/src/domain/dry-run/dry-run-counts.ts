import type { FlowRun, RunsDecision } from '@poinciana/flow-engine';

/** How many different instants are counted apart; later ones are counted together under `later`. */
export const SEND_HOURS_MAX = 1_000;
const LATER = 'later';

/** How often each thing happened, by its name. */
export type Counts = Readonly<Record<string, number>>;

/** What became of the communications of one name. */
export interface CommunicationCounts {
  readonly planned: number;
  /** By the coded reason. */
  readonly skipped: Counts;
}

/** What a file would do in one flow. */
export interface FlowCounts {
  readonly flowId: string;
  readonly runs: number;
  /** People who came to a node, by its id. */
  readonly entered: Counts;
  /** People who left a node by an output, by `<node id> <output>`. */
  readonly edges: Counts;
  /** By the name of the communication. */
  readonly communications: Readonly<Record<string, CommunicationCounts>>;
  /** Coded reasons of steps, failures and cuts. */
  readonly codes: Counts;
  /** Participants whose field a run would change, by the field's name. */
  readonly fieldChanges: Counts;
  /** Planned sends by the hour in which they are due, in UTC: `2026-11-21T09:00Z`. */
  readonly sendHours: Counts;
}

/** Counts decisions as they are made; holds numbers only, nothing of any person. */
export class DryRunCounts {
  private readonly flows = new Map<string, FlowTally>();

  add({ runs, cuts }: RunsDecision): void {
    for (const run of runs) this.of(run.flowId).add(run);
    for (const cut of cuts) this.of(cut.flowId).code(cut.code);
  }

  /** In the order in which the flows were met. */
  counts(): readonly FlowCounts[] {
    return [...this.flows].map(([flowId, tally]) => tally.counts(flowId));
  }

  private of(flowId: string): FlowTally {
    const known = this.flows.get(flowId) ?? new FlowTally();
    this.flows.set(flowId, known);
    return known;
  }
}

class Tally {
  private readonly numbers = new Map<string, number>();

  add(name: string): void {
    this.numbers.set(name, (this.numbers.get(name) ?? 0) + 1);
  }

  addWithin(name: string, max: number): void {
    this.add(this.numbers.has(name) || this.numbers.size < max ? name : LATER);
  }

  get(name: string): number {
    return this.numbers.get(name) ?? 0;
  }

  counts(): Counts {
    return Object.fromEntries(this.numbers);
  }
}

class FlowTally {
  private runs = 0;
  private readonly entered = new Tally();
  private readonly edges = new Tally();
  private readonly planned = new Tally();
  private readonly skipped = new Map<string, Tally>();
  private readonly codes = new Tally();
  private readonly fieldChanges = new Tally();
  private readonly sendHours = new Tally();

  add({ steps, plans, fieldChanges }: FlowRun): void {
    this.runs += 1;
    for (const { nodeId, output, code } of steps) {
      this.entered.add(nodeId);
      if (output !== undefined) this.edges.add(`${nodeId} ${output}`);
      if (code !== undefined) this.codes.add(code);
    }
    for (const { name, skipCode, sendAt } of plans) this.plan(name, skipCode, sendAt);
    for (const name of fieldChanges) this.fieldChanges.add(name);
  }

  code(code: string): void {
    this.codes.add(code);
  }

  counts(flowId: string): FlowCounts {
    const names = new Set([...Object.keys(this.planned.counts()), ...this.skipped.keys()]);
    const communications = [...names].map(
      (name) => [name, { planned: this.planned.get(name), skipped: this.skipped.get(name)?.counts() ?? {} }] as const,
    );
    return {
      flowId,
      runs: this.runs,
      entered: this.entered.counts(),
      edges: this.edges.counts(),
      communications: Object.fromEntries(communications),
      codes: this.codes.counts(),
      fieldChanges: this.fieldChanges.counts(),
      sendHours: this.sendHours.counts(),
    };
  }

  private plan(name: string, skipCode: string | undefined, sendAt: string | undefined): void {
    if (skipCode !== undefined) {
      const codes = this.skipped.get(name) ?? new Tally();
      codes.add(skipCode);
      this.skipped.set(name, codes);
      return;
    }
    this.planned.add(name);
    if (sendAt !== undefined) this.sendHours.addWithin(`${sendAt.slice(0, 13)}:00Z`, SEND_HOURS_MAX);
  }
}
