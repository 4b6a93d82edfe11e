import { expect, test } from '@jest/globals';
import { readOptions, UsageError } from './options.js';

test('options have sensible values when nothing is said, and are taken as they are said', () => {
  expect(readOptions([])).toEqual({ port: 3000, demo: true, demoOnly: false, people: 1_000, durationSeconds: 20 });
  expect(readOptions(['--port', '0', '--people', '300', '--duration', '5', '--demo-only'])).toEqual({
    port: 0,
    demo: true,
    demoOnly: true,
    people: 300,
    durationSeconds: 5,
  });
  expect(readOptions(['--no-demo'])?.demo).toBe(false);
  expect(readOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--port', '65536'], '--port is a whole number from 0 to 65535, not "65536".'],
  [['--people', '99'], '--people is a whole number from 100 to 100000, not "99".'],
  [['--duration', 'long'], '--duration is a whole number from 1 to 3600, not "long".'],
  [['--no-demo', '--demo-only'], '--no-demo and --demo-only exclude each other.'],
  [['--fast'], "Unknown option '--fast'. See npm run cluster -- --help."],
])('%j is refused in one sentence', (parameters, sentence) => {
  expect(() => readOptions(parameters)).toThrow(new UsageError(sentence));
});
