import type { StoredEvent } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { RandomCampaign } from './random-campaign.js';
import { type PersonalStep, RandomPerson } from './random-person.js';
import { OTHER_WORKSPACE, SpecLog, WORKSPACE } from './stored-events.js';

const PEOPLE = 6;

/** What happened, and the same as the log holds it once all erasures are through. */
export interface RandomHistory {
  readonly events: readonly StoredEvent[];
  readonly redacted: readonly StoredEvent[];
}

type Step = (PersonalStep & { readonly person: number }) | { readonly campaign: number; readonly choice: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      person: fc.nat(PEOPLE - 1),
      what: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('upsert', 'delete', 'cut') },
        { weight: 9, arbitrary: fc.constantFrom('run', 'plan', 'advance', 'end', 'talk', 'talk') },
        { weight: 1, arbitrary: fc.constant('erase' as const) },
      ),
      choice: fc.nat(9),
    }),
  },
  { weight: 1, arbitrary: fc.record({ campaign: fc.nat(1), choice: fc.nat(9) }) },
);

/**
 * A legal history: everybody comes, then lives one after another until she is erased, communications and conversations that only
 * go forward and end once, campaigns that are made, changed and deleted.
 */
export const randomHistory: fc.Arbitrary<RandomHistory> = fc
  .array(step, { minLength: 20, maxLength: 100 })
  .map((steps) => {
    const log = new SpecLog();
    const people = Array.from({ length: PEOPLE }, (_, number) => new RandomPerson(log, number));
    const campaigns = [new RandomCampaign(log, WORKSPACE), new RandomCampaign(log, OTHER_WORKSPACE)];
    for (const person of people) person.take({ what: 'upsert', choice: 0 });
    for (const each of steps) {
      if ('campaign' in each) campaigns[each.campaign]?.take(each.choice);
      else people[each.person]?.take(each);
    }
    const erased = new Set(people.flatMap(({ erasedStreams }) => [...erasedStreams]));
    return { events: log.events, redacted: log.events.map((event) => redactedBy(erased, event)) };
  });

function redactedBy(erased: ReadonlySet<string>, event: StoredEvent): StoredEvent {
  if (!erased.has(event.stream)) return event;
  const { personal: _, ...rest } = event;
  return rest;
}
