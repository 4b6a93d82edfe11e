import type { BatchHandler, ConsumeEventsOptions, ConsumerGroup } from '@poinciana/messaging';

/** A consumer as the bus knows it, for whoever runs it over another schema. */
export function consumerGroup<Transaction>(
  { group, categories, isReadModel = false }: ConsumeEventsOptions,
  consumer: { readonly handle: BatchHandler<Transaction> },
): ConsumerGroup<Transaction> {
  return { name: group, categories, isReadModel, handle: (batch) => consumer.handle(batch) };
}
