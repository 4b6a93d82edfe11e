import type { FieldType } from '@poinciana/campaign-definition';
import type { customer as contract } from '@poinciana/contracts';
import { type Decider, DomainError, type EventOf, type JsonObject } from '@poinciana/event-sourcing';
import { areTooLarge, changesOf, type GivenValues } from './changes.js';

/** The workspace-wide profile of a person. */
export interface Customer {
  readonly phase: 'none' | 'known' | 'erased';
  readonly profile: JsonObject;
}

export type CustomerEvent =
  | EventOf<'CustomerProfileChanged', contract.CustomerProfileChanged, contract.CustomerProfileChangedPersonal>
  | EventOf<'CustomerErased', contract.CustomerErased>;

export interface ChangeCustomerProfile {
  readonly type: 'ChangeCustomerProfile';
  readonly customerId: string;
  /** Values of the profile; others do not count here. */
  readonly given: GivenValues;
  readonly customerFields: ReadonlySet<string>;
  readonly types: ReadonlyMap<string, FieldType>;
  readonly uploadId?: string | undefined;
}

/** Makes a customer unknown for ever. */
export interface EraseCustomer {
  readonly type: 'EraseCustomer';
  readonly customerId: string;
}

export type CustomerCommand = ChangeCustomerProfile | EraseCustomer;

const NOBODY: Customer = { phase: 'none', profile: {} };

/** The last event of a customer's stream holds the whole profile. */
export const customer: Decider<CustomerCommand, Customer, CustomerEvent> = {
  initialState: NOBODY,
  decide: (command, state) => (command.type === 'EraseCustomer' ? erase(command, state) : change(command, state)),
  evolve: (state, event) => {
    switch (event.type) {
      case 'CustomerProfileChanged':
        return { phase: 'known', profile: event.personal?.profile ?? {} };
      case 'CustomerErased':
        return { phase: 'erased', profile: {} };
      default:
        return state;
    }
  },
};

function change(command: ChangeCustomerProfile, state: Customer): readonly CustomerEvent[] {
  if (state.phase === 'erased') throw customerErased();
  const { customerId, given, types, customerFields, uploadId } = command;
  const changes = changesOf(state.profile, given, types, customerFields);
  if (changes === undefined) return [];
  const { changed, values: profile, previous } = changes;
  if (areTooLarge(profile))
    throw new DomainError(
      'participant_too_large',
      'All values of one profile together are larger than 256 KiB',
      'tooLarge',
    );
  const data = uploadId === undefined ? { customerId, changed } : { customerId, changed, uploadId };
  return [{ type: 'CustomerProfileChanged', data, personal: { profile, previous } }];
}

function erase({ customerId }: EraseCustomer, { phase }: Customer): readonly CustomerEvent[] {
  return phase === 'known' ? [{ type: 'CustomerErased', data: { customerId } }] : [];
}

/** The refusal of whoever still has an erased customer in hand: whoever comes again is somebody new. */
export function customerErased(): DomainError {
  return new DomainError(
    'customer_erased',
    'The customer was erased; whoever comes again is a new customer',
    'conflict',
  );
}
