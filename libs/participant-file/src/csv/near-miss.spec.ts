import { expect, it, jest } from '@jest/globals';

const compared: number[] = [];
const { default: leven } = await import('leven');
jest.unstable_mockModule('leven', () => ({
  default: (one: string, other: string) => {
    compared.push(one.length);
    return leven(one, other);
  },
}));
const { nearMiss } = await import('./near-miss.js');

const CANDIDATES = [
  { name: 'external_id', title: 'External ID' },
  { name: 'due_date', title: 'Due Date' },
];

it('compares a header cell only with names that it can be near to', () => {
  expect(nearMiss('x'.repeat(1_000_000), CANDIDATES)).toBeUndefined();
  expect(compared).toEqual([]);
  expect(nearMiss('Due Dte', CANDIDATES)).toMatchObject({ name: 'due_date' });
  expect(compared).not.toEqual([]);
});
