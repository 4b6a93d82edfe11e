import { derivedId } from '@poinciana/event-sourcing';

const NUMBER_DIGITS = 12;

/**
 * The ids of the events that follow from one upload or one request: a derived prefix and the number of the row or item, so
 * that repeating the input makes the same ids without a hash a row.
 */
export class EventIds {
  private readonly ofCustomers: string;
  private readonly ofParticipants: string;

  /** `cause`: the upload's id, or what names the request. */
  constructor(cause: string) {
    this.ofCustomers = prefix(derivedId(cause, 'customer'));
    this.ofParticipants = prefix(derivedId(cause, 'participant'));
  }

  customerEvent(number: number): string {
    return this.ofCustomers + digits(number);
  }

  participantEvent(number: number): string {
    return this.ofParticipants + digits(number);
  }
}

/** The number of the row or item that an event of `EventIds` came from. */
export function numberOfEventId(id: string): number {
  return Number.parseInt(id.slice(-NUMBER_DIGITS), 16);
}

/** Everything of a UUID but its last group. */
function prefix(id: string): string {
  return id.slice(0, -NUMBER_DIGITS);
}

function digits(number: number): string {
  return number.toString(16).padStart(NUMBER_DIGITS, '0');
}
