import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  FIELD_TYPES,
  OPERATOR_TITLES,
  OPERATORS_BY_TYPE,
  type FieldType,
  type FieldValue,
  type JsonObject,
  type Operator,
} from '@poinciana/campaign-definition';
import { activationErrors, ANNA, FIELDS, fire, flowOf } from '../../test/scenario.js';
import { readCell } from '../../test/table-cell.js';

/** The tables of the document, row by row. */
const document = readFileSync(new URL('../../../../docs/reference/field-check.md', import.meta.url), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => FIELD_TYPES.some((type) => line.split('|')[1]?.trim() === type))
  .map((line) => line.slice(1, -1).split('|'))
  .map(([type = '', left = '', operator = '', right = '', result = '', why = '']) => ({
    type: type.trim() as FieldType,
    left: left.trim(),
    operator: operator.trim(),
    right: right.trim(),
    result: result.trim(),
    why: why.trim(),
  }));

function operatorOf(title: string): Operator {
  const found = Object.entries(OPERATOR_TITLES).find(([, each]) => each === title);
  if (found === undefined) throw new Error(`No operator ${title}`);
  return found[0] as Operator;
}

/** The settings of a row; the values of other properties, `b_<type>` and `c_<type>`, are put among `values`. */
function settingsOf(row: (typeof rows)[number], values: Record<string, FieldValue>): JsonObject {
  const property = { group: 'participant', name: `a_${row.type}` };
  const operator = operatorOf(row.operator);
  const cell = row.right;
  if (cell === '—') return { property, operator };
  if (operator === 'inList') return { property, operator, values: cell.split(';').map((value) => value.trim()) };
  const [value, upTo] = cell
    .split(' .. ')
    .map((side, index) => readCell(side, { type: row.type, name: `${index === 0 ? 'b' : 'c'}_${row.type}` }, values));
  return upTo === undefined ? { property, operator, value } : { property, operator, value, upTo };
}

describe('the document docs/reference/field-check.md', () => {
  it('has rows for every type, and for every operator of every type', () => {
    const written = new Set(rows.map((row) => `${row.type} ${row.operator}`));
    const offered = FIELD_TYPES.flatMap((type) =>
      OPERATORS_BY_TYPE[type].map((operator) => `${type} ${OPERATOR_TITLES[operator]}`),
    );
    expect(offered.filter((each) => !written.has(each))).toEqual([]);
    expect(rows.length).toBeGreaterThan(100);
  });

  it.each(rows.map((row) => [`${row.type}: ${row.left} ${row.operator} ${row.right}`, row] as const))(
    '%s',
    (_name, row) => {
      const values: Record<string, FieldValue> = {};
      if (row.left !== 'not set') values[`a_${row.type}`] = canonical(row.left, row.type);
      const flow = flowOf(
        'f',
        {
          created: ['participant-created'],
          check: ['field-check', settingsOf(row, values)],
          end: ['cancel-communications'],
        },
        'created > check',
        'check.match > end',
        'check.else > end',
      );
      expect(activationErrors(flow)).toEqual([]);
      const { runs } = fire([flow], { now: '2026-11-21T23:30:00.000Z' }, { ...ANNA, zone: 'Asia/Kathmandu', values });
      expect(runs[0]?.steps[1]?.output).toBe(row.result.toLowerCase());
      expect(runs[0]?.steps[1]?.notSet !== undefined).toBe(/not set/.test(`${row.left} ${row.right}`));
    },
  );

  it('the example has a field for each side of each type', () => {
    for (const type of FIELD_TYPES)
      expect(
        FIELDS.filter((field) => field.name.endsWith(`_${type}`) && field.type === type).length,
      ).toBeGreaterThanOrEqual(2);
  });
});

function canonical(text: string, type: FieldType): FieldValue {
  if (type === 'integer' || type === 'numeric') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
