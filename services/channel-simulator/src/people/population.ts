import type { AcceptanceLedger } from '../ledger/acceptance-ledger.js';
import { stepsOf, toldBackwards, type Step } from './behaviour.js';
import type { Person } from './person.js';
import { TimerWheel } from './timer-wheel.js';

/** What a step means for those who hear of it. */
export interface Happenings {
  /** False while too much waits to be told: people then hold still, and nothing is lost. */
  hasRoom(): boolean;
  happen(row: number, step: Step): void;
}

/** Lets people act on the messages they got: one timer a message, set again after each step. */
export class Population {
  readonly #ledger: AcceptanceLedger;
  readonly #personAt: (waId: string) => Person;
  readonly #timeScale: number;
  readonly #happenings: Happenings;
  readonly #wheel: TimerWheel<number>;

  /** `timeScale`: seconds of the people's lives in a second of ours. */
  constructor(parts: {
    ledger: AcceptanceLedger;
    personAt: (waId: string) => Person;
    timeScale: number;
    happenings: Happenings;
  }) {
    this.#ledger = parts.ledger;
    this.#personAt = parts.personAt;
    this.#timeScale = parts.timeScale;
    this.#happenings = parts.happenings;
    this.#wheel = new TimerWheel(Date.now());
  }

  /** Messages of which something is still to come. */
  get awaited(): number {
    return this.#wheel.size;
  }

  /** From now on the person acts on this message. */
  follow(row: number): void {
    const next = this.#nextStep(row);
    if (next) this.#wheel.schedule(next.dueMs, row);
  }

  advance(nowMs: number): void {
    this.#wheel.advance(
      nowMs,
      () => this.#happenings.hasRoom(),
      (row) => {
        const next = this.#nextStep(row);
        if (!next) return;
        this.#ledger.recordStep(row);
        this.#happenings.happen(row, next.step);
        this.follow(row);
      },
    );
  }

  #nextStep(row: number): { dueMs: number; step: Step } | undefined {
    const course = this.#ledger.courseOf(row);
    const person = this.#personAt(course.waId);
    const natural = stepsOf(person);
    const fated: readonly Step[] =
      course.failsWithCode === 0
        ? natural
        : [{ afterMs: person.sentAfterMs, does: 'fail', code: course.failsWithCode }];
    const step = (course.isToldBackwards ? toldBackwards(fated) : fated)[course.stepsDone];
    return step && { step, dueMs: course.acceptedAtMs + step.afterMs / this.#timeScale };
  }
}
