import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NODE_TYPES, TRIGGER_TYPES } from '@poinciana/campaign-definition';
import { NODE_EXECUTIONS, nodeExecution } from './registry.js';

describe('node types', () => {
  it('what can be drawn can be executed, in the same order', () => {
    expect(NODE_EXECUTIONS.map((execution) => execution.type)).toEqual(NODE_TYPES.map((type) => type.type));
  });

  it.each(NODE_TYPES.map((type) => type.type))('%s is a folder of its own here and in campaign-definition', (type) => {
    expect(existsSync(new URL(`./${type}/index.ts`, import.meta.url))).toBe(true);
    expect(existsSync(new URL(`../../../campaign-definition/src/nodes/${type}/index.ts`, import.meta.url))).toBe(true);
  });

  it('the triggers are those that events can name', () => {
    const triggers = NODE_TYPES.filter((type) => type.kind === 'trigger').map((type) => type.type);
    expect(triggers).toEqual([...TRIGGER_TYPES]);
  });

  it('an inherited name is no node type', () => expect(nodeExecution('constructor')).toBeUndefined());
});
