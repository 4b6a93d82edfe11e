import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { rememberCaller } from '../auth/access.js';
import { CORRELATION_HEADER, identityOf, IDEMPOTENCY_HEADER, type Identifiable } from './request-identity.js';

const UUID = '6a1c2f6e-2f7b-4f5e-9a40-3f7d7d0c1a11';
const ADDRESS = { method: 'PATCH', url: '/api/config/campaigns/1' };

interface Sent extends Partial<Identifiable> {
  readonly key?: string;
  readonly workspace?: string;
}

function causationOf({ key = 'once', workspace = UUID, ...request }: Sent): string {
  const sent = { id: 'a', ...ADDRESS, headers: { [IDEMPOTENCY_HEADER]: key }, ...request };
  rememberCaller(sent, { workspace, role: 'manager', subject: 'ada' });
  return identityOf(sent).causation;
}

describe('the identity of a request', () => {
  it('is the same for all who ask, and another for another request with the same id', () => {
    const [one, other] = [
      { id: 'seen-7', ...ADDRESS, headers: {} },
      { id: 'seen-7', ...ADDRESS, headers: {} },
    ];
    expect(identityOf(one)).toBe(identityOf(one));
    expect(identityOf(one).requestId).toBe('seen-7');
    expect(identityOf(one).causation).not.toBe(identityOf(other).causation);
  });

  it('begins a chain of causes, unless it is told which one it goes on', () => {
    const begins = identityOf({ id: 'a', ...ADDRESS, headers: {} });
    expect(begins.correlation).toBe(begins.causation);
    expect(identityOf({ id: 'a', ...ADDRESS, headers: { [CORRELATION_HEADER]: UUID } }).correlation).toBe(UUID);
    const insane = identityOf({ id: 'a', ...ADDRESS, headers: { [CORRELATION_HEADER]: 'mine' } });
    expect(insane.correlation).toBe(insane.causation);
  });

  it.each<[string, Sent]>([
    ['nothing more', {}],
    ['a body', { body: { name: 'Two' } }],
    ['a packed archive', { body: Buffer.from('PK') }],
    ['a streamed body', { body: Readable.from(['one']) }],
  ])('causes the same again under the same idempotency key: %s', (_, request) => {
    expect(causationOf({ ...request, id: 'b' })).toBe(causationOf(request));
  });

  it.each<[string, Sent]>([
    ['another key', { key: 'twice' }],
    ['another method', { method: 'DELETE' }],
    ['another address', { url: '/api/config/campaigns/2' }],
    ['another body', { body: { name: 'Three' } }],
    ['a body in other bytes', { body: Buffer.from('PK') }],
    ['no body', { body: undefined }],
    ['another workspace', { workspace: '6a1c2f6e-2f7b-4f5e-9a40-3f7d7d0c1a12' }],
  ])('is another request under the same idempotency key: %s', (_, change) => {
    const request = { body: { name: 'Two' } };
    expect(causationOf({ ...request, ...change })).not.toBe(causationOf(request));
  });
});
