import { describe, expect, it } from '@jest/globals';
import { renderedTemplate, templateValues } from './template-text.js';

const NUMBERED = {
  name: 'reminder',
  language: 'en',
  body: 'Hello {{1}}, {{2}} is due. Bye {{1}}',
  variables: ['name', 'amount'],
};
const NAMED = {
  name: 'day',
  language: 'en',
  body: 'Hello {{first_name}}, see you on {{day}}',
  variables: ['first_name', 'day'],
};

describe('the values of a template', () => {
  it('fill numbered places by the order of the variables and named ones by name', () => {
    expect(templateValues(NUMBERED, { amount: 10, name: 'Ada' })).toEqual([{ text: 'Ada' }, { text: '10' }]);
    expect(templateValues(NAMED, { day: 'Monday', first_name: 'Ada' })).toEqual([
      { name: 'first_name', text: 'Ada' },
      { name: 'day', text: 'Monday' },
    ]);
    expect(renderedTemplate(NUMBERED, { amount: 10, name: 'Ada' })).toBe('Hello Ada, 10 is due. Bye Ada');
  });

  it('stay one line, and fill no further places', () => {
    const [first] = templateValues(NUMBERED, { name: ' A\r\n\tB      C {{2}} ', amount: null });
    expect(first).toEqual({ text: 'A B C {{2}}' });
    expect(renderedTemplate(NUMBERED, { name: '{{2}} $& $1', amount: 'x' })).toBe(
      'Hello {{2}} $& $1, x is due. Bye {{2}} $& $1',
    );
  });
});
