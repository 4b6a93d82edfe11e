import { NOTIFICATIONS_WAITING_MAX, WEBHOOK_RETRY_FOR_MS } from '../bounds.js';
import { FaultPlan, type FaultSubject } from '../faults/fault-plan.js';
import { REQUEST_FAULTS, WEBHOOK_FAULTS, type FaultRule, type WebhookFault } from '../faults/fault-rule.js';
import { personOf, type PeopleShares, type Person } from '../people/person.js';
import { TimerWheel } from '../people/timer-wheel.js';
import { TurnTaking } from '../people/turn-taking.js';
import type { SimulatorMode } from '../settings.js';
import { MessageLedger, type TakenMessage, type Taking } from './message-ledger.js';

/** Something that the sender is to learn, `afterMs` of the person's life after acceptance. */
export interface Happening<Event> {
  readonly afterMs: number;
  readonly event: Event;
}

/** What one channel does in its own way. */
export interface ChannelNature<Event> {
  readonly name: string;
  /** What the person does about a message, earliest first. */
  happeningsOf(message: TakenMessage, person: Person): readonly Happening<Event>[];
  /** Calls are conversations of their own: whoever answers one talks in it. */
  readonly isCalls?: boolean;
  /** Whom an event concerns, for the faults. */
  subjectOf(event: Event): FaultSubject;
  /** Tells the sender; true when it was taken. A lie carries a wrong signature, or whatever makes it one. */
  deliver(event: Event, isLie: boolean): Promise<boolean>;
  /** Whether there is anybody to tell. */
  hasReceiver(): boolean;
}

export interface SimulatedChannelSettings {
  readonly seed: number;
  readonly timeScale: number;
  readonly shares: PeopleShares;
  readonly phrases: readonly string[];
  readonly mode: SimulatorMode;
  readonly acceptedMax: number;
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
}

interface Telling<Event> {
  readonly event: Event;
  readonly bornMs: number;
  failures: number;
}

const LATE_MS_DEFAULT = 1_000;
const TELLINGS_UNDER_WAY_MAX = 16;

/** A channel's provider and its people: what was taken, what goes wrong, and what the sender is told of it, as often as it takes. */
export class SimulatedChannel<Event = unknown> {
  readonly ledger: MessageLedger;
  readonly faults: FaultPlan;
  mode: SimulatorMode;
  told = 0;
  failedTellings = 0;
  liesTaken = 0;
  readonly #nature: ChannelNature<Event>;
  readonly #settings: SimulatedChannelSettings;
  readonly #erredOnce = new Set<string>();
  readonly #turns = new TurnTaking();
  readonly #happenings = new TimerWheel<Event>(Date.now());
  readonly #tellings = new TimerWheel<Telling<Event>>(Date.now());
  #underWay = 0;
  #epoch = 0;

  constructor(nature: ChannelNature<Event>, settings: SimulatedChannelSettings) {
    this.#nature = nature;
    this.#settings = settings;
    this.mode = settings.mode;
    this.ledger = new MessageLedger(settings.acceptedMax);
    this.faults = new FaultPlan(settings.seed);
  }

  get name(): string {
    return this.#nature.name;
  }

  get waiting(): number {
    return this.#tellings.size + this.#underWay;
  }

  get awaited(): number {
    return this.#happenings.size;
  }

  personAt(address: string): Person {
    const { seed, shares, phrases } = this.#settings;
    return personOf(seed, address, shares, phrases);
  }

  /** What goes wrong with a request that was found valid. */
  drawRequestFault(subject: FaultSubject): FaultRule | undefined {
    return this.faults.isEmpty ? undefined : this.faults.draw(REQUEST_FAULTS, subject);
  }

  /** True once for each address whose provider errs at first. */
  errsFor(address: string): boolean {
    if (this.#erredOnce.has(address) || this.#erredOnce.size >= this.#settings.acceptedMax) return false;
    this.#erredOnce.add(address);
    return true;
  }

  /** Takes a message; in automatic mode the person acts on it. */
  accept(request: Taking): TakenMessage {
    const message = this.ledger.take(request);
    if (this.mode === 'automatic') {
      const person = this.personAt(message.address);
      const taking = this.#nature.isCalls === true ? person : this.#turns.inTheMoodFor(person);
      for (const { afterMs, event } of this.#nature.happeningsOf(message, taking))
        this.#happenings.schedule(Date.now() + afterMs / this.#settings.timeScale, event);
    }
    return message;
  }

  /** Tells the sender something, with what faults make of it. */
  tell(event: Event): void {
    const subject = this.#nature.subjectOf(event);
    const draw = (kind: WebhookFault) => (this.faults.isEmpty ? undefined : this.faults.draw([kind], subject));
    const [duplicate, late, wrongSignature] = WEBHOOK_FAULTS.map(draw);
    const lateMs = late ? (late.delayMs ?? LATE_MS_DEFAULT) : 0;
    this.#schedule(lateMs, { event, bornMs: Date.now(), failures: 0 });
    for (let copy = 0; copy < (duplicate ? (duplicate.times ?? 1) : 0); copy++)
      this.#schedule(lateMs + (duplicate?.delayMs ?? 0), { event, bornMs: Date.now(), failures: 0 });
    if (wrongSignature && this.#nature.hasReceiver()) void this.#lie(event);
  }

  advance(nowMs: number): void {
    this.#happenings.advance(
      nowMs,
      () => this.#tellings.size < NOTIFICATIONS_WAITING_MAX,
      (event) => this.tell(event),
    );
    this.#tellings.advance(
      nowMs,
      () => this.#nature.hasReceiver() && this.#underWay < TELLINGS_UNDER_WAY_MAX,
      (telling) => void this.#deliver(telling, this.#epoch),
    );
  }

  /** Forgets messages, counts, faults and what waits to be told. */
  reset(): void {
    this.#epoch += 1;
    this.ledger.clear();
    this.faults.reset();
    this.#erredOnce.clear();
    this.#turns.forget();
    this.#happenings.clear();
    this.#tellings.clear();
    this.#underWay = 0;
    this.told = 0;
    this.failedTellings = 0;
    this.liesTaken = 0;
  }

  #schedule(delayMs: number, telling: Telling<Event>): void {
    this.#tellings.schedule(Date.now() + delayMs, telling);
  }

  async #deliver(telling: Telling<Event>, epoch: number): Promise<void> {
    this.#underWay += 1;
    const isTaken = await this.#nature.deliver(telling.event, false);
    if (epoch !== this.#epoch) return;
    this.#underWay -= 1;
    if (isTaken) {
      this.told += 1;
      return;
    }
    this.failedTellings += 1;
    telling.failures += 1;
    const { retryFirstMs, retryMaxMs } = this.#settings;
    if (Date.now() - telling.bornMs < WEBHOOK_RETRY_FOR_MS)
      this.#schedule(Math.min(retryMaxMs, retryFirstMs * 2 ** Math.min(telling.failures - 1, 20)), telling);
  }

  async #lie(event: Event): Promise<void> {
    if (await this.#nature.deliver(event, true)) this.liesTaken += 1;
  }
}

/** A channel of whatever events: all but telling them. */
export type AnyChannel = Pick<
  SimulatedChannel,
  | 'name'
  | 'ledger'
  | 'faults'
  | 'mode'
  | 'waiting'
  | 'awaited'
  | 'told'
  | 'failedTellings'
  | 'liesTaken'
  | 'personAt'
  | 'drawRequestFault'
  | 'errsFor'
  | 'accept'
  | 'advance'
  | 'reset'
>;
