import { expect, test } from '@jest/globals';
import { demoTable } from '../src/demo/demo-table.js';
import { countsOf, sumOfDifferences } from './table-counts.js';

const upload = { id: '1', status: 'Failed', rows: 10, created: 9, updated: 0, unchanged: 0, failed: 1 };

function tables(completed: number, failed: number): string {
  const statuses = { Completed: completed, Failed: failed };
  const numbers = {
    participants: 9,
    communications: { total: completed + failed, statuses, names: [{ name: 'REMINDED', statuses }] },
    runs: { flows: [{ trigger: 'Participant Created', paths: [{ title: 'Final reminder', people: 7 }] }] },
    reasons: [],
  };
  return demoTable([upload], numbers).join('\n');
}

test('the numbers of printed tables are read by row and column', () => {
  const counts = countsOf(tables(5, 2));
  expect(counts.get('Failed / created')).toBe(9);
  expect(counts.get('Participant Created / Final reminder / people')).toBe(7);
  expect(counts.get('REMINDED / Completed')).toBe(5);
});

test('and compared one by one', () => {
  expect(sumOfDifferences(countsOf(tables(5, 2)), countsOf(tables(5, 2)))).toBe(0);
  expect(sumOfDifferences(countsOf(tables(5, 2)), countsOf(tables(4, 3)))).toBe(4);
});
