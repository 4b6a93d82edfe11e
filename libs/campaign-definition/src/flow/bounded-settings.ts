import { hasUnstorableCharacter } from '../fields/text-value.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.js';
import { SETTINGS_DEPTH_MAX } from './flow.js';

type BoundedCode =
  'settings_not_an_object' | 'settings_too_deep' | 'settings_too_large' | 'forbidden_key' | 'invalid_character';

/** A copy of settings that is safe to keep, or a code. */
export type BoundedSettings =
  { readonly value: JsonObject; readonly code?: never } | { readonly value?: never; readonly code: BoundedCode };

const MEMBERS_MAX = 5_000;
const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Copies JSON settings within bounds of depth and size, without keys that touch prototypes and without unstorable text. Never throws. */
export function boundedSettings(raw: unknown): BoundedSettings {
  if (!isJsonObject(raw)) return { code: 'settings_not_an_object' };
  const copier = new Copier();
  const value = copier.copy(raw, 1);
  return copier.code === undefined ? { value: value as JsonObject } : { code: copier.code };
}

class Copier {
  code: BoundedCode | undefined;
  private members = 0;

  copy(value: unknown, depth: number): JsonValue {
    if (this.code !== undefined) return null;
    if (++this.members > MEMBERS_MAX) return this.refuse('settings_too_large');
    if (typeof value !== 'object' || value === null) return this.copyPlain(value);
    if (depth > SETTINGS_DEPTH_MAX) return this.refuse('settings_too_deep');
    if (Array.isArray(value)) return value.map((item) => this.copy(item, depth + 1));
    return this.copyMembers(Object.entries(value), depth);
  }

  private copyMembers(members: readonly (readonly [string, unknown])[], depth: number): JsonValue {
    const copy: Record<string, JsonValue> = {};
    for (const [key, member] of members) {
      if (FORBIDDEN_KEYS.includes(key)) return this.refuse('forbidden_key');
      if (hasUnstorableCharacter(key)) return this.refuse('invalid_character');
      if (member !== undefined) copy[key] = this.copy(member, depth + 1);
    }
    return copy;
  }

  /** Text, number or boolean; what JSON does not know becomes null. */
  private copyPlain(value: unknown): JsonValue {
    if (typeof value === 'string') return hasUnstorableCharacter(value) ? this.refuse('invalid_character') : value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    return typeof value === 'boolean' ? value : null;
  }

  private refuse(code: BoundedCode): null {
    this.code ??= code;
    return null;
  }
}
