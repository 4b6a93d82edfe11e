import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@poinciana/event-sourcing';
import { given } from '@poinciana/event-sourcing/testing';
import { CAMPAIGN, PLAN } from '../../test/fixtures.js';
import { type ChangeCustomerProfile, customer } from './customer.js';
import { participant, type UpsertParticipant } from './participant.js';
import { upload } from './upload.js';

const identity = { id: 'p', campaignId: CAMPAIGN, customerId: 'c', objectId: '' };
const source = { door: 'upload', uploadId: 'u', row: 2 };
const upsert = (values: UpsertParticipant['given'], other: Partial<UpsertParticipant> = {}): UpsertParticipant => ({
  type: 'UpsertParticipant',
  identity,
  given: values,
  timeZone: undefined,
  profile: {},
  customerFields: PLAN.customerFields,
  types: PLAN.types,
  source,
  ...other,
});
const created = (values: JsonObject, other: object = {}, life = 1) =>
  ({
    type: 'ParticipantCreated',
    data: { participant: { ...identity, ...other, life }, changed: Object.keys(values), source },
    personal: { values, previous: {} },
  }) as const;
const updated = (changed: string[], values: JsonObject, previous: JsonObject, other: object = {}) =>
  ({
    type: 'ParticipantUpdated',
    data: { participant: { ...identity, ...other, life: 1 }, changed, source },
    personal: { values, previous },
  }) as const;

describe('a participant', () => {
  it('begins with the profile of the customer and the given values', () => {
    given(participant)()
      .when(
        upsert(
          { amount: 5, email: 'a@b.de', name: null },
          { profile: { email: 'a@b.de', other: 'x', name: undefined } },
        ),
      )
      .then(created({ email: 'a@b.de', amount: 5 }));
  });

  it('changes only where a value is another, and clears what is null (A22)', () => {
    const before = created({ email: 'a@b.de', amount: 5 });
    given(participant)(before)
      .when(upsert({ amount: 5, email: 'A@B.DE', due_date: null }))
      .thenNothing();
    given(participant)(before)
      .when(upsert({ amount: null, email: 'c@d.de' }))
      .then(updated(['amount', 'email'], { email: 'c@d.de' }, { amount: 5, email: 'a@b.de' }));
  });

  it('names a new zone as a change (A21)', () => {
    given(participant)(created({ amount: 5 }))
      .when(upsert({}, { timeZone: 'Europe/Berlin' }))
      .then(updated(['timezone'], { amount: 5 }, {}, { timeZone: 'Europe/Berlin' }));
    given(participant)(created({ amount: 5 }, { timeZone: 'Europe/Berlin' }))
      .when(upsert({}, { timeZone: null }))
      .then(updated(['timezone'], { amount: 5 }, {}));
  });

  it('begins a new life with empty values after it was deleted (A19)', () => {
    given(participant)(created({ amount: 5 }), {
      type: 'ParticipantDeleted',
      data: { participant: { ...identity, life: 1 } },
    })
      .when(upsert({ email: 'a@b.de' }))
      .then(created({ email: 'a@b.de' }, {}, 2));
  });

  it('is deleted once, and once more when its customer is erased', () => {
    const remove = { type: 'DeleteParticipant', id: 'p' } as const;
    const gone = { type: 'ParticipantDeleted', data: { participant: { ...identity, life: 1 } } } as const;
    const erased = { ...gone, data: { ...gone.data, erased: true } };
    given(participant)().when(remove).thenNothing();
    given(participant)(created({ amount: 5 }))
      .when(remove)
      .then(gone);
    given(participant)(created({ amount: 5 }), gone)
      .when(remove)
      .thenNothing();
    given(participant)(created({ amount: 5 }), gone)
      .when({ ...remove, erased: true })
      .then(erased);
    given(participant)(created({ amount: 5 }), erased)
      .when({ ...remove, erased: true })
      .thenNothing();
  });

  it('refuses to grow beyond its bound (A38)', () => {
    const large = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`field_${at}`, 'x'.repeat(32_767)]));
    given(participant)().when(upsert(large)).thenRefused('participant_too_large');
  });

  it('takes a field called constructor like any other', () => {
    const values = Object.fromEntries([['constructor', 'x']]);
    given(participant)(created({ amount: 5 }))
      .when(upsert(values))
      .then(updated(['constructor'], { amount: 5, ...values }, {}));
  });
});

describe('a customer', () => {
  const change = (values: ChangeCustomerProfile['given']): ChangeCustomerProfile => ({
    type: 'ChangeCustomerProfile',
    customerId: 'c',
    given: values,
    customerFields: new Set(PLAN.customerFields),
    types: PLAN.types,
  });
  const changed = (names: string[], profile: JsonObject, previous: JsonObject) =>
    ({
      type: 'CustomerProfileChanged',
      data: { customerId: 'c', changed: names },
      personal: { profile, previous },
    }) as const;

  it('takes only the values of the profile', () => {
    given(customer)()
      .when(change({ amount: 5 }))
      .thenNothing();
    given(customer)()
      .when(change({ email: 'a@b.de', amount: 5 }))
      .then(changed(['email'], { email: 'a@b.de' }, {}));
  });

  it('is erased once, and takes nothing afterwards', () => {
    const erased = { type: 'CustomerErased', data: { customerId: 'c' } } as const;
    const erase = { type: 'EraseCustomer', customerId: 'c' } as const;
    const known = changed(['email'], { email: 'a@b.de' }, {});
    given(customer)(known).when(erase).then(erased);
    given(customer)(known, erased).when(erase).thenNothing();
    given(customer)(known, erased)
      .when(change({ name: 'Ann' }))
      .thenRefused('customer_erased');
  });
});

describe('an upload', () => {
  const about = { id: 'u', campaignId: CAMPAIGN, fileName: 'a.csv', bytes: 9 };
  const counts = (failed: number) => ({ rows: 3, created: 3 - failed, updated: 0, unchanged: 0, failed });
  const received = { type: 'UploadReceived', data: { upload: about } } as const;
  const complete = (failed: number, reason?: string) =>
    ({
      type: 'CompleteUpload',
      upload: about,
      counts: counts(failed),
      ...(reason === undefined ? {} : { reason }),
    }) as const;
  const completed = (failed: number, status: string, other: object = {}) =>
    ({ type: 'UploadCompleted', data: { upload: about, counts: counts(failed), status, ...other } }) as const;

  it('is Failed when any row failed, or all of it did ([P]7)', () => {
    given(upload)(received).when(complete(0)).then(completed(0, 'Completed'));
    given(upload)(received).when(complete(1)).then(completed(1, 'Failed'));
    given(upload)(received)
      .when(complete(0, 'file_missing'))
      .then(completed(0, 'Failed', { reason: 'file_missing' }));
  });

  it('is received once and ends once', () => {
    given(upload)(received).when({ type: 'ReceiveUpload', upload: about }).thenNothing();
    given(upload)(received, completed(0, 'Completed')).when(complete(1)).thenNothing();
  });

  it('never ends with counts that do not add up', () => {
    const wrong = { ...complete(0), counts: { ...counts(0), rows: 4 } };
    expect(() => upload.decide(wrong, { status: 'Processing' })).toThrow('do not add up');
  });
});
