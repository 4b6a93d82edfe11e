import { describe, expect, it } from '@jest/globals';
import type { campaign as contract } from '@poinciana/contracts';
import { PREVIEW_ROWS_MAX, previewFile } from './file-preview.js';

const field = (name: string, title: string, type: string, other: Partial<contract.Field> = {}): contract.Field => {
  const rest = {
    description: '',
    level: 'participant',
    import: true,
    required: false,
    locked: false,
    enumerationValues: [],
  };
  return { name, title, type, ...rest, ...other };
};
const FIELDS = [
  field('external_id', 'External ID', 'string', { level: 'customer' }),
  field('email', 'Email', 'email', { level: 'customer' }),
  field('due_date', 'Due Date', 'date', { required: true }),
  field('amount', 'Sum to be paid', 'numeric'),
  field('note', 'Note', 'string', { import: false }),
];

const previewed = (text: string | Buffer, isWhole = true) =>
  previewFile({ start: Buffer.from(text), isWhole }, FIELDS, { zone: 'Europe/Berlin' });

describe('the preview of a file', () => {
  it('says what each column is, what is missing, and what was probably meant', async () => {
    const header = '﻿External ID;E-Mail;Due Dte;sum to be PAID;note;;timezone;shoe size';
    const { encoding, delimiter, columns, missing, problem } = await previewed(`${header}\nx;;;;;;;\n`);
    expect([encoding, delimiter]).toEqual([{ encoding: 'utf-8', markBytes: 3 }, ';']);
    expect(columns).toEqual([
      { column: 'External ID', use: 'ignored', suggestion: 'external_id' },
      { column: 'E-Mail', use: 'ignored', suggestion: 'email' },
      { column: 'Due Dte', use: 'ignored', suggestion: 'due_date' },
      { column: 'sum to be PAID', use: 'ignored', suggestion: 'amount' },
      { column: 'note', use: 'ignored' },
      { column: '', use: 'unnamed' },
      { column: 'timezone', use: 'timezone' },
      { column: 'shoe size', use: 'ignored' },
    ]);
    expect(missing).toEqual(['due_date']);
    expect(problem).toMatchObject({ code: 'missing_required_column' });
  });

  it('checks the first rows cell by cell', async () => {
    const { columns, rows, problem } = await previewed(
      'EMAIL,due_date,amount,timezone\na@example.com,2026-06-30,1,Mars/Base\n\nnobody,,ten,\n,2026-06-30,,\na,b,c,d,e\n',
    );
    expect(problem).toBeUndefined();
    expect(columns.map(({ field: name, use }) => name ?? use)).toEqual(['email', 'due_date', 'amount', 'timezone']);
    const codes = rows.map(({ row, cells, problems }) => [
      row,
      cells.map((cell) => cell.problems[0]?.code ?? ''),
      problems.map(({ code }) => code),
    ]);
    expect(codes).toEqual([
      [2, ['', '', '', 'unknown_timezone'], []],
      [4, ['invalid_email', 'required_missing', 'invalid_numeric', ''], []],
      [5, ['', '', '', ''], ['no_identity']],
      [6, ['', '', '', ''], ['too_many_cells']],
    ]);
    expect(rows[1]?.cells.map(({ value }) => value)).toEqual(['nobody', '', 'ten', '']);
  });

  it('looks only at the beginning, and does not mind where that ends', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => `p${at}@example.com,2026-06-30\n`).join('');
    const cut = await previewed(`email,due_date\n${rows}"p51@exam`, false);
    expect(cut.problem).toBeUndefined();
    expect(cut.rows).toHaveLength(PREVIEW_ROWS_MAX);
    expect(
      await previewed(
        Buffer.concat([Buffer.from('email,due_date\na@example.com,2026-06-30\n'), Buffer.from([0xc3])]),
        false,
      ),
    ).not.toHaveProperty('problem');
  });

  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'no_header'],
    ['a quote that is never closed', 'email,due_date\n"a', 'unclosed_quote'],
    ['another encoding', Buffer.from('email,due_date\nZo\xeb,\n', 'latin1'), 'undecodable'],
    ['two columns of a name', 'email,Email,due_date\n', 'duplicate_column'],
    ['nobody', 'due_date\n2026-06-30\n', 'no_identity_column'],
  ])('says why %s would be refused', async (_, file, code) => {
    expect((await previewed(file)).problem).toMatchObject({ code, detail: expect.any(String) });
  });
});
