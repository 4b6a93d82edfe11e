import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bufProgram } from './buf.mjs';
import { nameOf, plainTypes } from './contracts.mjs';

const MODULE = 'poinciana/campaign/v1/campaign.ts';
const HEAD = '/* eslint-disable */\n';

describe('the types of a contract', () => {
  it('require a message field that is not marked optional', () => {
    const text = `${HEAD}export interface A {\n  readonly one: B | undefined;\n  readonly two:\n    | B\n    | undefined;\n  readonly three?: B | undefined;\n  readonly four: string;\n}\n`;
    expect(plainTypes(text, MODULE)).toBe(
      `${HEAD}export interface A {\n  readonly one: B;\n  readonly two: B;\n  readonly three?: B | undefined;\n  readonly four: string;\n}\n`,
    );
  });

  it('make a Struct a JSON object', () => {
    const text = `${HEAD}export interface A {\n  /** any of them */\n  readonly one: { readonly [key: string]: any } | undefined;\n  readonly many: readonly { readonly [key: string]: any }[];\n}\n`;
    const plain = plainTypes(text, MODULE);
    expect(plain).toContain("import type { JsonObject } from '../../../../json.js';");
    expect(plain).toContain(
      '  /** any of them */\n  readonly one: JsonObject;\n  readonly many: readonly JsonObject[];',
    );
  });

  it('refuse what would be code', () => {
    const text = `${HEAD}export const protobufPackage = "x";\n\nexport enum Kind {\n}\n`;
    expect(() => plainTypes(text, MODULE)).toThrow('campaign.ts defines an enumeration');
  });

  it('are namespaces by category and version', () => {
    expect(nameOf(MODULE)).toBe('campaign');
    expect(nameOf('poinciana/flow_runs/v2/flow_runs.ts')).toBe('flowRunsV2');
    expect(() => nameOf('poinciana/campaign/v1/other.ts')).toThrow('poinciana/campaign/v1/other.proto');
  });
});

it('buf is installed for this platform', () => {
  expect(existsSync(bufProgram())).toBe(true);
});
