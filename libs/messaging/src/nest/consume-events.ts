import { Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { EventBatch, StateWrite } from '../event-bus.js';

export interface ConsumeEventsOptions {
  /** `<service>.<what it does>`, the name of the consumer group. */
  readonly group: string;
  readonly categories: readonly string[];
  /** As `ConsumerGroup` says; no unless told. */
  readonly isReadModel?: boolean;
}

/** A controller's method that handles batches: a `BatchHandler`, whatever the transaction of its service is. */
export type ConsumerMethod = (batch: EventBatch) => Promise<StateWrite<never> | undefined>;

/** Lets errors through as they are: the bus tells refusals, outages and bugs apart by them. Nest's own filter hides them. */
@Catch()
class RethrowingFilter implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}

/**
 * Makes a controller's method the handler of a consumer group. It gets a batch and answers what to write, as `BatchHandler`
 * says. An event pattern underneath, carried by `EventBusStrategy`.
 */
export function ConsumeEvents({ group, categories, isReadModel = false }: ConsumeEventsOptions) {
  const carry = EventPattern(group, { categories, isReadModel });
  const rethrow = UseFilters(new RethrowingFilter());
  return <Method extends ConsumerMethod>(
    target: object,
    name: string,
    method: TypedPropertyDescriptor<Method>,
  ): void => {
    const descriptor: PropertyDescriptor = method;
    carry(target, name, descriptor);
    rethrow(target, name, descriptor);
  };
}
