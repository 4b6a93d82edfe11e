import { describe, expect, test } from '@jest/globals';
import { Secret } from '../settings/secret.js';
import { openSecret, sealSecret } from './sealed-secret.js';

const key = new Secret('a key that is long enough to be one, really');

describe('a sealed secret', () => {
  test.each(['', 'EAAGm0PX4ZCpsBA', 'ключ 🔑', 'x'.repeat(10_000)])('opens with the key it was sealed with', (text) => {
    expect(openSecret(key, sealSecret(key, text))).toBe(text);
  });

  test('shows nothing of itself, and is another text every time', () => {
    const [one, other] = [sealSecret(key, 'token-token-token'), sealSecret(key, 'token-token-token')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one.slice(3), 'base64url').includes('token')).toBe(false);
  });

  test('does not open with another key, when it was changed, or when it is none', () => {
    const sealed = sealSecret(key, 'EAAGm0PX4ZCpsBA');
    expect(() => openSecret(new Secret('another key that is long enough too'), sealed)).toThrow(
      'another key, or changed',
    );
    const changed = Buffer.from(sealed.slice(3), 'base64url');
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    expect(() => openSecret(key, `s1.${changed.toString('base64url')}`)).toThrow('another key, or changed');
    expect(() => openSecret(key, 'EAAGm0PX4ZCpsBA')).toThrow('no sealed secret');
    expect(() => openSecret(key, 's1.abc')).toThrow('no sealed secret');
  });
});
