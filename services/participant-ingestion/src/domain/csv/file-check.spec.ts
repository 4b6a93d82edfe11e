import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import {
  CsvRecords,
  DELIMITERS,
  detectDelimiter,
  FileCheck,
  planFields,
  TextReader,
} from '@poinciana/participant-file';
import { field, FIELDS, PLAN } from '../../../test/fixtures.js';

async function check(file: string | Buffer, pieceBytes = 3, plan = PLAN) {
  const bytes = Buffer.from(file);
  const checking = new FileCheck(plan);
  for (let at = 0; at < bytes.length; at += pieceBytes) await checking.read(bytes.subarray(at, at + pieceBytes));
  return checking.end();
}

async function refusal(file: string | Buffer, plan = PLAN): Promise<unknown> {
  try {
    return await check(file, 3, plan);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error;
  }
}

const utf16 = (text: string, mark: string) => {
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return mark === 'LE' ? little : Buffer.from(little).swap16();
};

describe('checking a file', () => {
  it.each([
    ['UTF-8', Buffer.from('email,name\nzoë@example.com,Zoë\n'), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\ufeffemail,name\nzoë@example.com,Zoë\n'), 'utf-8'],
    ['UTF-16 LE', utf16('email,name\nzoë@example.com,Zoë 😀\n', 'LE'), 'utf-16le'],
    ['UTF-16 BE', utf16('email,name\nzoë@example.com,Zoë 😀\n', 'BE'), 'utf-16be'],
  ])('reads %s', async (_, file, encoding) => {
    expect(await check(file)).toMatchObject({
      encoding: { encoding },
      header: ['email', 'name'],
      records: 1,
      headerEndByte: 11,
    });
  });

  it.each([
    ['a;b,c;d', ';'],
    ['"a,b,c";email', ';'],
    ['email\tname', '\t'],
    ['email|name', '|'],
    ['email', ','],
    ['a,b;c', ','],
    ['a\tb;c', ';'],
    ['a|b\tc', '\t'],
  ])('takes the delimiter that is most frequent in the header (A84): %j', (header, delimiter) => {
    expect(detectDelimiter(header)).toBe(delimiter);
  });

  it('matches headers without regard to case and blanks, and warns of what it ignores', async () => {
    const { columns, warnings } = await check(' EMAIL ,"due_date",Shoe,,Timezone,object_id,secret_note\n');
    expect(columns.fields.map(({ name }) => name)).toEqual(['email', 'due_date']);
    expect(columns).toMatchObject({ count: 7, fieldColumns: [0, 1], timeZoneColumn: 4, objectIdColumn: 5 });
    expect(warnings).toEqual([
      { column: 'shoe', code: 'ignored_column' },
      { column: '', code: 'unnamed_column' },
      { column: 'secret_note', code: 'ignored_column' },
    ]);
  });

  it.each([
    ['no_header', '', {}],
    ['no_header', '\ufeff', {}],
    ['no_header', ' , ,\na,b,c\n', {}],
    ['duplicate_column', 'email,name,Email\n', { columns: ['email'] }],
    ['no_identity_column', 'name,amount\nx,1\n', {}],
    ['nul_in_header', Buffer.from('email,name\n', 'utf16le'), {}],
    ['undecodable', Buffer.from('email,name\na@example.com,Zo\xeb\n', 'latin1'), {}],
    ['undecodable', Buffer.from([...Buffer.from('email\nZo'), 0xc3]), {}],
    ['unclosed_quote', 'email\n\n"a\nb\n', { row: 3 }],
    ['unclosed_quote', 'email,"name\n', { row: 1 }],
    ['misplaced_quote', 'email,name\na@example.com,5" pipe\n', { row: 2 }],
    ['misplaced_quote', 'email,name\n"a" b,c\n', { row: 2 }],
    ['record_too_long', `email\n${'x'.repeat(1024 ** 2 + 1)}\n`, { row: 2 }],
  ])('refuses with %s', async (code, file, details) => {
    expect(await refusal(file)).toMatchObject({ code, details });
  });

  it('refuses a file without the column of a required field', async () => {
    const plan = planFields([...FIELDS, field('city', 'string', { required: true })]);
    expect(await refusal('email\n', plan)).toMatchObject({
      code: 'missing_required_column',
      details: { columns: ['city'] },
    });
  });

  it('finds every dialect out, and reads every table back from it', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ж', '😀', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '=') });
    const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 });
    const dialect = fc.record({
      delimiter: fc.constantFrom(...DELIMITERS),
      encoding: fc.constantFrom('UTF-8', 'UTF-8 with a mark', 'UTF-16 LE', 'UTF-16 BE'),
      quoting: fc.array(fc.constantFrom('always', 'where needed'), { minLength: 1, maxLength: 4 }),
      lineEnds: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 3 }),
      endsWithLine: fc.boolean(),
      pieceBytes: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(table, dialect, async (rows, { encoding, pieceBytes, ...written }) => {
        const file = encoded(write([['email', 'name', 'web_id'], ...rows], written), encoding);
        const checked = await check(file, pieceBytes);
        expect(checked).toMatchObject({ delimiter: written.delimiter, header: ['email', 'name', 'web_id'] });
        const csv = new CsvRecords(checked.delimiter, 2, checked.headerEndByte);
        const reader = new TextReader(checked.encoding.encoding);
        const text = Buffer.concat(
          [...piecesOf(file.subarray(checked.encoding.markBytes), pieceBytes)].map((piece) => reader.read(piece)),
        );
        const read = [];
        for (const piece of piecesOf(text.subarray(checked.headerEndByte), pieceBytes))
          read.push(...(await csv.read(piece)));
        read.push(...(await csv.end()));
        expect(read.map(({ cells }) => cells)).toEqual(rows);
        expect(read).toHaveLength(checked.records);
        if (read.length > 0) expect(read.at(-1)?.endByte).toBe(text.length);
      }),
      { numRuns: 500 },
    );
  });
});

interface Written {
  readonly delimiter: string;
  readonly quoting: readonly string[];
  readonly lineEnds: readonly string[];
  readonly endsWithLine: boolean;
}

/** A table as some program writes it. */
function write(rows: readonly (readonly string[])[], { delimiter, quoting, lineEnds, endsWithLine }: Written): string {
  const written = (text: string, at: number) => {
    const isNeeded = [delimiter, '"', '\n', '\r'].some((sign) => text.includes(sign));
    return isNeeded || quoting[at % quoting.length] === 'always' ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((cells) => cells.map(written).join(delimiter));
  return lines
    .map((line, at) => line + (at < lines.length - 1 || endsWithLine ? lineEnds[at % lineEnds.length] : ''))
    .join('');
}

function encoded(text: string, encoding: string): Buffer {
  if (encoding.startsWith('UTF-16')) return utf16(text, encoding.slice(-2));
  return Buffer.from(encoding === 'UTF-8' ? text : `\ufeff${text}`);
}

function* piecesOf(bytes: Buffer, length: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
