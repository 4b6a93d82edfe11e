import { expect } from '@jest/globals';
import type { Decider } from '../decider.js';
import { DomainError } from '../errors.js';
import type { DomainEvent } from '../event.js';
import { deepFreeze } from './deep-freeze.js';

/** An event of which no decider knows: it must leave every state as it is. */
const UNKNOWN_EVENT: DomainEvent = { type: 'NobodyKnowsThis.v999', data: { status: 'unknown' } };

/**
 * The language of every decider's spec: `given(communication)(...events).when(command).then(...events)`.
 *
 * Beside what the sentence says it holds the contract: states are frozen all the way down, so neither `evolve` nor `decide` may
 * change one; `decide` runs twice and must answer the same; the state is plain JSON; an unknown event changes nothing.
 */
export function given<Command, State, Event extends DomainEvent>(decider: Decider<Command, State, Event>) {
  return (...events: readonly Event[]): Situation<Command, State, Event> =>
    new Situation(decider, stateAfter(decider, events));
}

/** A state that events led to. */
class Situation<Command, State, Event extends DomainEvent> {
  constructor(
    private readonly decider: Decider<Command, State, Event>,
    private readonly state: State,
  ) {}

  when(command: Command): Decision<Event> {
    deepFreeze(command);
    const decide = () => outcomeOf(() => this.decider.decide(command, this.state));
    const first = decide();
    expect(decide()).toEqual(first);
    if ('events' in first) stateAfter(this.decider, first.events, this.state);
    return new Decision(first);
  }

  /** What the events alone led to. */
  thenState(expected: State): void {
    expect(this.state).toEqual(expected);
  }
}

type Outcome<Event> = { readonly events: readonly Event[] } | { readonly refusal: DomainError };

/** What a command led to. */
class Decision<Event extends DomainEvent> {
  constructor(private readonly outcome: Outcome<Event>) {}

  /** Exactly these events. */
  then(...expected: readonly [Event, ...Event[]]): void {
    expect(this.outcome).toEqual({ events: expected });
  }

  /** No event: the command was already obeyed. */
  thenNothing(): void {
    expect(this.outcome).toEqual({ events: [] });
  }

  thenRefused(code: string): void {
    expect('refusal' in this.outcome ? this.outcome.refusal.code : this.outcome).toBe(code);
  }
}

/** A refusal is an answer; anything else that is thrown is a bug and passes. */
function outcomeOf<Event>(decide: () => readonly Event[]): Outcome<Event> {
  try {
    return { events: decide() };
  } catch (error) {
    if (error instanceof DomainError) return { refusal: error };
    throw error;
  }
}

function stateAfter<Command, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  events: readonly Event[],
  from: State = decider.initialState,
): State {
  const state = events.reduce(
    (before, event) => deepFreeze(decider.evolve(before, deepFreeze(event))),
    deepFreeze(from),
  );
  expect(state === undefined ? undefined : JSON.parse(JSON.stringify(state))).toEqual(state);
  const evolvesAnything: { evolve(state: State, event: DomainEvent): State } = decider;
  expect(evolvesAnything.evolve(state, UNKNOWN_EVENT)).toEqual(state);
  return state;
}
