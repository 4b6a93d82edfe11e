import { streamName } from '@poinciana/event-sourcing';

export function customerStream(customerId: string): string {
  return streamName('customer', customerId);
}

export function participantStream(participantId: string): string {
  return streamName('participant', participantId);
}
