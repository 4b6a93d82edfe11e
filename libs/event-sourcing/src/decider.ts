import type { DomainEvent } from './event.js';

/**
 * The whole contract of a domain: synchronous, pure, without time, randomness or look-ups of its own; all of that
 * arrives in the command.
 *
 * - `decide` returns what happens: an empty list when the command was already obeyed. Throws `DomainError` when a rule refuses.
 * - `evolve` never throws; an event it does not know leaves the state as it is.
 * - A state is readonly JSON.
 */
export interface Decider<Command, State, Event extends DomainEvent> {
  readonly initialState: State;
  decide(command: Command, state: State): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** The state after a list of events. */
export function fold<Command, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  events: readonly Event[],
  from: State = decider.initialState,
): State {
  return events.reduce((state, event) => decider.evolve(state, event), from);
}
