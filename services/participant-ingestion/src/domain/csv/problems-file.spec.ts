import { describe, expect, it } from '@jest/globals';
import { problemsLine } from './problems-file.js';

describe('the errors report', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1'])('lets no spreadsheet compute %j', (value) => {
    expect(problemsLine([3, 'email', value]).replaceAll('"', '')).toBe(`3,email,'${value}\r\n`);
  });

  it('quotes what would end a cell', () => {
    expect(problemsLine(['a"b', 'c,d', 'e\nf', 'g'])).toBe('"a""b","c,d","e\nf",g\r\n');
  });
});
