import { FAULT_RULES_MAX } from '../bounds.js';
import { SimulatorRefusal } from '../simulator-refusal.js';
import type { FaultKind, FaultRule, FaultRuleInForce } from './fault-rule.js';

/** Whom a request or a notification concerns. */
export interface FaultSubject {
  readonly address: string;
  readonly communicationId: string | null;
}

interface Standing {
  readonly id: number;
  readonly rule: FaultRule;
  readonly random: () => number;
  seen: number;
  struck: number;
}

/** The faults in force. The n-th draw of a rule has the same outcome for the same seed. */
export class FaultPlan {
  readonly #seed: number;
  #standing: Standing[] = [];
  #added = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(rule: FaultRule): FaultRuleInForce {
    if (this.#standing.length >= FAULT_RULES_MAX) {
      throw new SimulatorRefusal(507, 'too_many_faults', `no more than ${FAULT_RULES_MAX} fault rules at once`);
    }
    this.#added += 1;
    const id = this.#added;
    const address = rule.address?.includes('@') === true ? rule.address : rule.address?.replace(/\D/g, '');
    const standing: Standing = {
      id,
      rule: address === undefined ? rule : { ...rule, address },
      random: randomOf(this.#seed + id),
      seen: 0,
      struck: 0,
    };
    this.#standing.push(standing);
    return shown(standing);
  }

  list(): FaultRuleInForce[] {
    return this.#standing.map(shown);
  }

  /** Forgets all rules; with an id only that one. Returns how many went. */
  remove(id?: number): number {
    const before = this.#standing.length;
    this.#standing = id === undefined ? [] : this.#standing.filter((standing) => standing.id !== id);
    return before - this.#standing.length;
  }

  /** Starts again: the same rules asked for again strike as they did at first. */
  reset(): void {
    this.#standing = [];
    this.#added = 0;
  }

  get isEmpty(): boolean {
    return this.#standing.length === 0;
  }

  /** The first rule of these kinds that strikes now, in the order in which they were added. */
  draw(kinds: readonly FaultKind[], subject: FaultSubject): FaultRule | undefined {
    for (const standing of this.#standing) {
      if (kinds.includes(standing.rule.kind) && strikes(standing, subject)) return standing.rule;
    }
    return undefined;
  }
}

function strikes(standing: Standing, subject: FaultSubject): boolean {
  const { rule } = standing;
  if (rule.count !== undefined && standing.struck >= rule.count) return false;
  if (rule.address !== undefined && rule.address !== subject.address) return false;
  if (rule.communicationId !== undefined && rule.communicationId !== subject.communicationId) return false;
  standing.seen += 1;
  if (standing.random() >= (rule.probability ?? 1)) return false;
  standing.struck += 1;
  return true;
}

function shown(standing: Standing): FaultRuleInForce {
  return { id: standing.id, ...standing.rule, seen: standing.seen, struck: standing.struck };
}

/** Mulberry32: small, fast and the same everywhere. From 0 up to 1. */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}
