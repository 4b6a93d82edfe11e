import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from './event.js';
import { Upcasters } from './upcasters.js';

const upcasters = new Upcasters({
  Named: ({ data }) => ({ type: 'Named.v2', data: { ...data, language: 'cs' } }),
  'Named.v2': ({ data, personal }) => ({
    type: 'Named.v3',
    data: { ...data, length: 4 },
    personal: { ...personal, name: 'Anna' },
  }),
});

describe('upcasters', () => {
  it('are chained up to the newest version, and leave the envelope', () => {
    const stored = { id: 'one', revision: 3, type: 'Named', data: { number: 1 }, personal: { title: 'Dr.' } };
    expect(upcasters.upcast<DomainEvent>(stored)).toEqual({
      id: 'one',
      revision: 3,
      type: 'Named.v3',
      data: { number: 1, language: 'cs', length: 4 },
      personal: { name: 'Anna' },
    });
    expect(stored).toEqual({ id: 'one', revision: 3, type: 'Named', data: { number: 1 }, personal: { title: 'Dr.' } });
  });

  it('begin where the event is, and leave a current one as it is', () => {
    const second = { type: 'Named.v2', data: { number: 1 } };
    expect(upcasters.upcast<DomainEvent>(second)).toEqual({
      type: 'Named.v3',
      data: { number: 1, length: 4 },
      personal: { name: 'Anna' },
    });
    const other = { type: 'Renamed', data: {} };
    expect(upcasters.upcast<DomainEvent>(other)).toBe(other);
  });

  it('are stopped when they lead in a circle', () => {
    const circle = new Upcasters({ A: (event) => ({ ...event, type: 'B' }), B: (event) => ({ ...event, type: 'A' }) });
    expect(() => circle.upcast<DomainEvent>({ type: 'A', data: {} })).toThrow('circle');
  });
});
