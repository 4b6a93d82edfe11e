import { describe, expect, it } from '@jest/globals';
import { CORRELATION_HEADER, identityOf, IDEMPOTENCY_HEADER } from './request-identity.js';

const UUID = '6a1c2f6e-2f7b-4f5e-9a40-3f7d7d0c1a11';

describe('the identity of a request', () => {
  it('is the same for all who ask, and another for another request with the same id', () => {
    const [one, other] = [
      { id: 'seen-7', headers: {} },
      { id: 'seen-7', headers: {} },
    ];
    expect(identityOf(one)).toBe(identityOf(one));
    expect(identityOf(one).requestId).toBe('seen-7');
    expect(identityOf(one).causation).not.toBe(identityOf(other).causation);
  });

  it('begins a chain of causes, unless it is told which one it goes on', () => {
    const begins = identityOf({ id: 'a', headers: {} });
    expect(begins.correlation).toBe(begins.causation);
    expect(identityOf({ id: 'a', headers: { [CORRELATION_HEADER]: UUID } }).correlation).toBe(UUID);
    const insane = identityOf({ id: 'a', headers: { [CORRELATION_HEADER]: 'mine' } });
    expect(insane.correlation).toBe(insane.causation);
  });

  it('causes the same again under the same idempotency key', () => {
    const causationOf = (key: string) => identityOf({ id: 'a', headers: { [IDEMPOTENCY_HEADER]: key } }).causation;
    expect(causationOf('once')).toBe(causationOf('once'));
    expect(causationOf('once')).not.toBe(causationOf('twice'));
  });
});
