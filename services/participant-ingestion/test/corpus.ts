/** What a file leads to: the values of its rows as they are read, with the codes of what is wrong; or the refusal of the file. */
export type Expected =
  | { readonly rows: readonly ExpectedRow[]; readonly warnings?: readonly string[]; readonly delimiter?: string }
  | { readonly refused: string; readonly row?: number; readonly columns?: readonly string[] };

/** `[row number, values by field]`, or `[row number, codes of its problems]`. */
export type ExpectedRow = readonly [number, Readonly<Record<string, unknown>> | readonly string[]];

export type Case = readonly [name: string, file: string | Buffer, expected: Expected];

const A = { email: 'a@example.com' };
const B = { email: 'b@example.com' };
const one = (values: Readonly<Record<string, unknown>>): Expected => ({ rows: [[2, values]] });
const two: Expected = {
  rows: [
    [2, A],
    [3, B],
  ],
};
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const long = 'x'.repeat(32_767);

const DELIMITERS: readonly Case[] = [
  ['comma', 'email,name\na@example.com,Ann\n', { ...one({ ...A, name: 'Ann' }), delimiter: ',' }],
  ['semicolon', 'email;name\na@example.com;Ann, B.\n', { ...one({ ...A, name: 'Ann, B.' }), delimiter: ';' }],
  ['tab', 'email\tname\na@example.com\tAnn\n', { ...one({ ...A, name: 'Ann' }), delimiter: '\t' }],
  ['pipe', 'email|name\na@example.com|Ann\n', { ...one({ ...A, name: 'Ann' }), delimiter: '|' }],
  ['one column', 'email\na@example.com\n', { ...one(A), delimiter: ',' }],
  [
    'a tie goes to the comma (A84)',
    'email,name;x\na@example.com,Ann\n',
    { ...one(A), delimiter: ',', warnings: ['name;x'] },
  ],
  [
    'delimiters inside of a quoted header do not count',
    '"a,b,c";email\n1;a@example.com\n',
    { ...one(A), delimiter: ';', warnings: ['a,b,c'] },
  ],
  [
    'more semicolons than commas',
    'email;name;web_id\na@example.com;A,n;w\n',
    { ...one({ ...A, name: 'A,n', web_id: 'w' }), delimiter: ';' },
  ],
];

const LINE_ENDS: readonly Case[] = [
  ['LF', 'email\na@example.com\nb@example.com\n', two],
  ['CRLF', 'email\r\na@example.com\r\nb@example.com\r\n', two],
  ['CR', 'email\ra@example.com\rb@example.com\r', two],
  ['mixed', 'email\r\na@example.com\nb@example.com\r', two],
  ['none at the end', 'email\na@example.com\nb@example.com', two],
  ['inside of quotes they are text', 'email,name\na@example.com,"A\r\nnn"\n', one({ ...A, name: 'A\r\nnn' })],
];

const QUOTES: readonly Case[] = [
  ['every cell quoted', '"email","name"\n"a@example.com","Ann"\n', one({ ...A, name: 'Ann' })],
  ['a doubled quote', 'email,name\na@example.com,"5"" pipe"\n', one({ ...A, name: '5" pipe' })],
  ['an empty quoted cell leaves the value', 'email,name\na@example.com,""\n', one(A)],
  ['never closed', 'email\n\n"a\nb\n', { refused: 'unclosed_quote', row: 3 }],
  ['never closed in the header', 'email,"name\n', { refused: 'unclosed_quote', row: 1 }],
  ['in the middle of a cell', 'email,name\na@example.com,5" pipe\n', { refused: 'misplaced_quote', row: 2 }],
  ['text behind one', 'email,name\n"a@example.com"x,Ann\n', { refused: 'misplaced_quote', row: 2 }],
  ['a blank before one', 'email,name\na@example.com, "Ann"\n', { refused: 'misplaced_quote', row: 2 }],
  ['single quotes are text', "email,name\na@example.com,'Ann'\n", one({ ...A, name: "'Ann'" })],
  ['a file cut inside of a quoted cell', 'email,name\na@example.com,"An', { refused: 'unclosed_quote', row: 2 }],
];

const ENCODINGS: readonly Case[] = [
  ['UTF-8', 'email,name\na@example.com,Zoë\n', one({ ...A, name: 'Zoë' })],
  ['UTF-8 with a mark', '\ufeffemail,name\na@example.com,Zoë\n', one({ ...A, name: 'Zoë' })],
  ['UTF-16 LE with a mark', utf16le('\ufeffemail,name\na@example.com,Zoë 😀\n'), one({ ...A, name: 'Zoë 😀' })],
  ['UTF-16 BE with a mark', utf16be('\ufeffemail,name\na@example.com,Zoë 😀\n'), one({ ...A, name: 'Zoë 😀' })],
  ['UTF-16 LE without one', utf16le('email,name\na@example.com,Ann\n'), { refused: 'nul_in_header' }],
  ['UTF-16 BE without one', utf16be('email,name\na@example.com,Ann\n'), { refused: 'nul_in_header' }],
  ['Latin-1', latin1('email,name\na@example.com,Zo\xeb\n'), { refused: 'undecodable' }],
  ['Windows-1252 quotes', latin1('email,name\na@example.com,\x93Ann\x94\n'), { refused: 'undecodable' }],
  ['overlong UTF-8', Buffer.from([...Buffer.from('email\n'), 0xc0, 0xaf]), { refused: 'undecodable' }],
  ['a surrogate as UTF-8', Buffer.from([...Buffer.from('email\n'), 0xed, 0xa0, 0x80]), { refused: 'undecodable' }],
  ['cut inside of a character', Buffer.from([...Buffer.from('email\nZo'), 0xc3]), { refused: 'undecodable' }],
  ['UTF-16 cut inside of a unit', utf16le('\ufeffemail\na@example.com\n').subarray(0, -1), { refused: 'undecodable' }],
  ['a mark inside of the text is white space', 'email,name\na@example.com,\ufeffAnn\n', one({ ...A, name: 'Ann' })],
];

const HEADERS: readonly Case[] = [
  ['case and blanks', ' EMAIL , Name \na@example.com,Ann\n', one({ ...A, name: 'Ann' })],
  ['no-break blanks', '\u00a0email\u00a0\na@example.com\n', one(A)],
  ['the same one twice', 'email,name,email\n', { refused: 'duplicate_column', columns: ['email'] }],
  ['the same one twice after folding', 'email,Name, NAME\n', { refused: 'duplicate_column', columns: ['name'] }],
  ['an unknown one', 'email,Shoe\na@example.com,41\n', { ...one(A), warnings: ['shoe'] }],
  ['one without Import', 'email,secret_note\na@example.com,x\n', { ...one(A), warnings: ['secret_note'] }],
  ['an empty one', 'email,,name\na@example.com,x,Ann\n', { ...one({ ...A, name: 'Ann' }), warnings: [''] }],
  ['two empty ones', 'email,,\na@example.com,x,y\n', { ...one(A), warnings: ['', ''] }],
  ['none that identifies', 'name,amount\nAnn,1\n', { refused: 'no_identity_column' }],
  ['none at all', '', { refused: 'no_header' }],
  ['a mark and nothing else', '\ufeff', { refused: 'no_header' }],
  ['a blank first line', '\nemail\na@example.com\n', { refused: 'no_header' }],
  ['only delimiters', ',,\na,b,c\n', { refused: 'no_header' }],
  ['nothing behind it', 'email\n', { rows: [] }],
  ['nothing behind it, no line end', 'email', { rows: [] }],
  ['a NUL', 'em\0ail\na@example.com\n', { refused: 'nul_in_header' }],
];

const ROWS: readonly Case[] = [
  [
    'blank lines count in the numbering (A34)',
    'email\n\na@example.com\n\n\nb@example.com\n',
    {
      rows: [
        [3, A],
        [6, B],
      ],
    },
  ],
  [
    'a line of delimiters is blank (A35)',
    'email,name\n , \na@example.com,Ann\n',
    { rows: [[3, { ...A, name: 'Ann' }]] },
  ],
  ['a shorter row has empty cells', 'email,name,amount\na@example.com\n', one(A)],
  ['a longer row fails', 'email\na@example.com,x\n', { rows: [[2, ['too_many_cells']]] }],
  ['a longer row with nothing in it does not', 'email\na@example.com, ,\n', one(A)],
  ['no identity', 'email,name\n,Ann\n', { rows: [[2, ['no_identity']]] }],
  [
    'every problem of a row',
    'email,amount,due_date\nx,y,z\n',
    { rows: [[2, ['invalid_email', 'invalid_date', 'invalid_numeric']]] },
  ],
  [
    'a bad row beside a good one',
    'email\nx\nb@example.com\n',
    {
      rows: [
        [2, ['invalid_email']],
        [3, B],
      ],
    },
  ],
  ['an unknown zone', 'email,timezone\na@example.com,Mars/Base\n', { rows: [[2, ['unknown_timezone']]] }],
];

const CELLS: readonly Case[] = [
  ['a NUL fails its row (A37)', 'email,name\na@example.com,A\0n\n', { rows: [[2, ['invalid_character']]] }],
  ['a cell of the longest length', `email,name\na@example.com,${long}\n`, one({ ...A, name: long })],
  ['a cell that is longer', `email,name\na@example.com,${long}y\n`, { rows: [[2, ['value_too_long']]] }],
  ['a record that is too long', `email\n${'x'.repeat(1024 ** 2 + 1)}\n`, { refused: 'record_too_long', row: 2 }],
  ['a formula is text', 'email,name\na@example.com,=1+1\n', one({ ...A, name: '=1+1' })],
  ['another formula', 'email,name\na@example.com,"@SUM(A1:A9)"\n', one({ ...A, name: '@SUM(A1:A9)' })],
  ['right to left', 'email,name\na@example.com,\u202eשלום\n', one({ ...A, name: '\u202eשלום' })],
  ['combining characters stay as given', 'email,name\na@example.com,Zoe\u0308\n', one({ ...A, name: 'Zoe\u0308' })],
  ['emoji of several characters', 'email,name\na@example.com,👩‍👩‍👧\n', one({ ...A, name: '👩‍👩‍👧' })],
  ['white space around is trimmed (A26)', 'email,name\n\u2003a@example.com\u00a0,\tAnn \n', one({ ...A, name: 'Ann' })],
  ['a spreadsheet’s rounded phone is refused (A28)', 'phone\n4.91512E+12\n', { rows: [[2, ['invalid_phone']]] }],
  ['a phone keeps its digits', 'phone\n+49 (1512) 345-6789\n', one({ phone: '4915123456789' })],
  [
    'a decimal comma is refused',
    'email;amount\na@example.com;1,5\n',
    { rows: [[2, ['invalid_numeric']]], delimiter: ';' },
  ],
  ['a boolean in words', 'email,is_payment_received\na@example.com,YES\n', one({ ...A, is_payment_received: true })],
  [
    'a date of another country is refused (A29)',
    'email,due_date\na@example.com,30.06.2026\n',
    { rows: [[2, ['invalid_date']]] },
  ],
];

const NOT_CSV: readonly Case[] = [
  ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 8, 8, 8, 0, 0xff, 0xfe, 0x21]), { refused: 'undecodable' }],
  ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), { refused: 'undecodable' }],
  ['JSON', '[{"email":"a@example.com"}]', { refused: 'misplaced_quote', row: 1 }],
  ['a page', '<!doctype html>\n<html></html>\n', { refused: 'no_identity_column' }],
  ['NULs', Buffer.alloc(64), { refused: 'nul_in_header' }],
];

/** Files as people have them, by what is special about them. */
export const CORPUS: Readonly<Record<string, readonly Case[]>> = {
  delimiters: DELIMITERS,
  'line ends': LINE_ENDS,
  quotes: QUOTES,
  encodings: ENCODINGS,
  headers: HEADERS,
  rows: ROWS,
  cells: CELLS,
  'what is no CSV file': NOT_CSV,
};
