import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { TestClock } from '../clock/clock.js';
import { Secret } from '../settings/secret.js';
import { KnownTokens } from './known-tokens.js';
import { mayActAs, type Caller } from './roles.js';
import { issueToken, readToken, type TokenRules } from './tokens.js';

const NOW = new Date('2026-03-01T10:00:00Z');
const rules: TokenRules = {
  secret: new Secret('0123456789abcdef0123456789abcdef'),
  issuer: 'poinciana',
  audience: 'poinciana',
};
const caller: Caller = { workspace: '0b5c7d2e-0000-4000-8000-000000000001', role: 'manager', subject: 'ada' };

async function signed(claims: Record<string, unknown>, secret = rules.secret): Promise<string> {
  const seconds = NOW.getTime() / 1000;
  return new SignJWT({
    ...caller,
    sub: caller.subject,
    iss: 'poinciana',
    aud: 'poinciana',
    exp: seconds + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret.reveal()));
}

describe('a token', () => {
  it('names its caller until it expires, by the clock', async () => {
    const clock = new TestClock(NOW);
    const token = await issueToken(rules, caller, 60, clock);
    expect(await readToken(rules, token, clock)).toEqual(caller);
    clock.set(new Date(NOW.getTime() + 59_000));
    expect(await readToken(rules, token, clock)).toEqual(caller);
    clock.set(new Date(NOW.getTime() + 61_000));
    expect(await readToken(rules, token, clock)).toBeUndefined();
  });

  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"ada"}').toString('base64url')}.`;

  it.each<[string, () => Promise<string>]>([
    ['another secret', () => signed({}, new Secret('another-secret-another-secret-another'))],
    ['another issuer', () => signed({ iss: 'somebody' })],
    ['another audience', () => signed({ aud: 'somebody' })],
    ['no expiry', () => signed({ exp: undefined })],
    ['a workspace that is no UUID', () => signed({ workspace: "x' or 1=1" })],
    ['no workspace', () => signed({ workspace: undefined })],
    ['an unknown role', () => signed({ role: 'root' })],
    ['a role by inheritance', () => signed({ role: 'toString' })],
    ['no subject', () => signed({ sub: undefined })],
    ['an endless subject', () => signed({ sub: 'x'.repeat(300) })],
    ['a subject that no event could name', () => signed({ sub: 'x'.repeat(196) })],
    ['a subject that no event could keep', () => signed({ sub: 'a\0b' })],
    ['no signature', async () => unsigned],
    ['a changed payload', async () => (await signed({})).replace(/\.[^.]{4}/, '.AAAA')],
    ['nonsense', async () => 'nonsense'],
    ['endless nonsense', async () => 'x'.repeat(100_000)],
    ['nothing', async () => ''],
  ])('with %s is none', async (_, make) => {
    expect(await readToken(rules, await make(), new TestClock(NOW))).toBeUndefined();
  });

  it('is not signed with a short secret', async () => {
    const weak = { ...rules, secret: new Secret('short') };
    await expect(issueToken(weak, caller, 60, new TestClock(NOW))).rejects.toThrow(RangeError);
  });

  it('does not live for ever', async () => {
    await expect(issueToken(rules, caller, Number.POSITIVE_INFINITY, new TestClock(NOW))).rejects.toThrow(RangeError);
  });
});

describe('known tokens', () => {
  /** Rules that count how often something is verified by them. */
  function counted() {
    const counts = { verified: 0 };
    const counting: TokenRules = {
      ...rules,
      get secret() {
        counts.verified += 1;
        return rules.secret;
      },
    };
    return { counts, counting };
  }

  it('are verified once, until they expire by the clock', async () => {
    const { counts, counting } = counted();
    const clock = new TestClock(NOW);
    const tokens = new KnownTokens(counting, clock);
    const token = await signed({});
    for (let call = 0; call < 3; call += 1) expect(await tokens.callerOf(token)).toEqual(caller);
    expect(counts.verified).toBe(1);
    clock.set(new Date(NOW.getTime() + 59_999));
    expect(await tokens.callerOf(token)).toEqual(caller);
    expect(counts.verified).toBe(1);
    clock.set(new Date(NOW.getTime() + 60_000));
    expect(await tokens.callerOf(token)).toBeUndefined();
    expect(await tokens.callerOf(token)).toBeUndefined();
    expect(counts.verified).toBe(3);
  });

  it('do not count before their time, where the clock is put back', async () => {
    const clock = new TestClock(NOW);
    const tokens = new KnownTokens(rules, clock);
    const token = await signed({ nbf: NOW.getTime() / 1_000 - 10 });
    expect(await tokens.callerOf(token)).toEqual(caller);
    clock.set(new Date(NOW.getTime() - 11_000));
    expect(await tokens.callerOf(token)).toBeUndefined();
  });

  it('are not made known by tokens that are none, and are bounded', async () => {
    const { counts, counting } = counted();
    const tokens = new KnownTokens(counting, new TestClock(NOW));
    const forged = await signed({}, new Secret('another-secret-another-secret-another'));
    for (let call = 0; call < 2; call += 1) expect(await tokens.callerOf(forged)).toBeUndefined();
    expect(counts.verified).toBe(2);
    const many = await Promise.all(Array.from({ length: 1_001 }, (_, number) => signed({ sub: `user-${number}` })));
    for (const token of many) await tokens.callerOf(token);
    expect(await tokens.callerOf(many.at(-1) ?? '')).toEqual({ ...caller, subject: 'user-1000' });
    expect(counts.verified).toBe(1_003);
    expect(await tokens.callerOf(many[0] ?? '')).toEqual({ ...caller, subject: 'user-0' });
    expect(counts.verified).toBe(1_004);
  });
});

describe('roles', () => {
  it('include those below them', () => {
    expect(mayActAs('operator', 'viewer')).toBe(true);
    expect(mayActAs('manager', 'manager')).toBe(true);
    expect(mayActAs('viewer', 'manager')).toBe(false);
  });
});
