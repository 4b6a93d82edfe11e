import type { DomainEvent } from './event.js';

/** More steps than any type will ever have versions: reaching it means that upcasters lead in a circle. */
const STEPS_MAX = 100;

/** Turns an event of one stored type into its next version: a new type (`….v2`), and the payload in the new shape. */
export type Upcaster = (event: DomainEvent) => DomainEvent;

/**
 * Brings events of old types to their newest shape as they are read; the log keeps what was written. One upcaster a stored
 * type, each one version up; they are chained.
 */
export class Upcasters {
  private readonly steps: ReadonlyMap<string, Upcaster>;

  /** `{ 'CampaignCreated': toV2, 'CampaignCreated.v2': toV3 }` */
  constructor(steps: Readonly<Record<string, Upcaster>>) {
    this.steps = new Map(Object.entries(steps));
  }

  /** The event in its newest shape; everything around type and payload stays, and an event of a current type is itself. */
  upcast<Event extends DomainEvent>(event: Event): Event {
    let current = event;
    for (let taken = 0; taken < STEPS_MAX; taken += 1) {
      const step = this.steps.get(current.type);
      if (step === undefined) return current;
      const { type, data, personal } = step(current);
      const { personal: _before, ...rest } = current;
      current = { ...rest, type, data, ...(personal === undefined ? {} : { personal }) } as Event;
    }
    throw new Error(`Upcasters of ${event.type} lead in a circle`);
  }
}
