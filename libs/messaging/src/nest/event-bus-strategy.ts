import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ConsumerGroup, EventBatch, EventBus, GroupProgress, StateWrite, Subscription } from '../event-bus.js';

export const EVENT_BUS_TRANSPORT = Symbol('poinciana.event-bus');

export interface EventBusStrategyOptions<Transaction> {
  /** The bus of a service, by the part of the group's name before the first dot: each service has its own database. */
  readonly busOf: (service: string) => EventBus<Transaction>;
}

/** Carries consumer groups as a Nest microservice: its controllers' methods with `@ConsumeEvents` are the handlers. */
export class EventBusStrategy<Transaction> extends Server implements CustomTransportStrategy {
  override readonly transportId = EVENT_BUS_TRANSPORT;
  // The bus looks after the errors: Nest is not to report them a second time.
  override readonly propagatesEventHandlerErrors = true;
  private readonly running = new Map<string, Subscription>();

  constructor(private readonly options: EventBusStrategyOptions<Transaction>) {
    super();
  }

  /** Subscribes every group. When one cannot be, the others are stopped again and the error is given. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    let failure: unknown;
    try {
      await this.subscribeAll();
    } catch (error) {
      await this.close();
      failure = error;
    }
    callback(failure);
  }

  /** Stops all groups at once: each finishes the batch in hand. */
  override async close(): Promise<void> {
    const stopping = [...this.running.values()];
    this.running.clear();
    await Promise.all(stopping.map((subscription) => subscription.stop()));
  }

  override on(): never {
    throw new Error('The event bus has no events of its own to listen to');
  }

  override unwrap<Answer>(): Answer {
    throw new Error('The event bus has no server to unwrap; ask its subscriptions');
  }

  /** The groups of this process, for health, metrics and operators. */
  get subscriptions(): readonly Subscription[] {
    return [...this.running.values()];
  }

  /** A group of this process. Throws for one that does not run here. */
  subscription(group: string): Subscription {
    const found = this.running.get(group);
    if (found === undefined) throw new RangeError(`The group ${group} does not run here`);
    return found;
  }

  async progress(): Promise<readonly GroupProgress[]> {
    return Promise.all(this.subscriptions.map((subscription) => subscription.progress()));
  }

  pause(group: string): void {
    this.subscription(group).pause();
  }

  resume(group: string): void {
    this.subscription(group).resume();
  }

  private async subscribeAll(): Promise<void> {
    const handlers = [...this.getHandlers()].filter(([, handler]) => handler.isEventHandler);
    const subscribing = handlers.map(([name, handler]) => this.subscribe(consumerGroup<Transaction>(name, handler)));
    // All of them come to an end first, so that none starts behind the back of a failed start.
    const failed = (await Promise.allSettled(subscribing)).find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async subscribe(group: ConsumerGroup<Transaction>): Promise<void> {
    const [service = group.name] = group.name.split('.', 1);
    this.running.set(group.name, await this.options.busOf(service).subscribe(group));
  }
}

function consumerGroup<Transaction>(name: string, handler: MessageHandler): ConsumerGroup<Transaction> {
  if (handler.next !== undefined)
    throw new Error(`Two methods consume as the group ${name}; each needs a group of its own`);
  const categories: unknown = handler.extras?.['categories'];
  if (!Array.isArray(categories) || categories.length === 0) {
    throw new Error(`The group ${name} names no categories; use @ConsumeEvents`);
  }
  const handle = async (batch: EventBatch): Promise<StateWrite<Transaction> | undefined> => {
    const answer: unknown = await handler(batch);
    const state: unknown = isObservable(answer) ? await lastValueFrom(answer, { defaultValue: undefined }) : answer;
    if (state === undefined || isStateWrite<Transaction>(state)) return state;
    throw new TypeError(`The group ${name} answered neither a state write nor nothing`);
  };
  return { name, categories, handle, isReadModel: handler.extras?.['isReadModel'] === true };
}

function isStateWrite<Transaction>(answer: unknown): answer is StateWrite<Transaction> {
  return typeof answer === 'function';
}
