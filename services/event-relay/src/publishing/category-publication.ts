import type { ContractSchema } from '@poinciana/contracts/schemas';
import { categoryOf } from '@poinciana/event-sourcing';
import type { LogTopic, Publication } from '@poinciana/messaging-kafka';
import { attributesOf, cloudEventOf } from '../domain/cloud-event.js';

export interface CategoryPublicationOptions {
  readonly contract: ContractSchema;
  readonly partitionCount: number;
  /** Whether personal values are opened to whoever may read the topic. */
  readonly withPersonal: boolean;
}

/** The topic in which others read the events of a contract. */
export function topicOf({ name }: ContractSchema, partitionCount: number): LogTopic {
  return { name: `poinciana.${name}`, partitionCount };
}

/** The events of one category, for others, as CloudEvents. What the contract does not have as an event is not for others. */
export function categoryPublication(options: CategoryPublicationOptions): Publication {
  const { contract, partitionCount } = options;
  return {
    topic: topicOf(contract, partitionCount),
    takes: ({ stream, type }) => categoryOf(stream) === contract.category && Object.hasOwn(contract.events, type),
    record: (event, _, partition) => ({ partition, key: event.key, ...cloudEventOf(event, options) }),
    withheld: (event, _, partition) => {
      const headers = { ...attributesOf(event, contract), ce_withheld: 'true' };
      return { partition, key: event.key, value: null, headers };
    },
  };
}
