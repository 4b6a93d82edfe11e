import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@poinciana/event-sourcing';
import { CsvRecords, FileCheck, readRow, TextReader } from '@poinciana/participant-file';
import { CORPUS, type Expected, type ExpectedRow } from '../../../test/corpus.js';
import { PLAN } from '../../../test/fixtures.js';

const RULES = { zone: 'Europe/Berlin' } as const;

/** Both passes over a file, cut into pieces of a size. */
async function told(file: Buffer, pieceBytes: number): Promise<Expected> {
  try {
    const check = new FileCheck(PLAN);
    for (const piece of piecesOf(file, pieceBytes)) await check.read(piece);
    const { encoding, delimiter, columns, warnings, headerEndByte } = await check.end();
    const text = new TextReader(encoding.encoding).read(file.subarray(encoding.markBytes));
    const csv = new CsvRecords(delimiter, 2, headerEndByte);
    const records = [...(await csv.read(text.subarray(headerEndByte))), ...(await csv.end())];
    const rows = records.flatMap(({ cells }, at): readonly ExpectedRow[] => {
      const item = readRow(cells, at + 2, columns, RULES);
      if (item === undefined) return [];
      return [[item.number, item.problems.length > 0 ? item.problems.map(({ code }) => code) : item.given]];
    });
    return { rows, warnings: warnings.map(({ column }) => column), delimiter };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { row, columns } = (error.details ?? {}) as { row?: number; columns?: readonly string[] };
    return {
      refused: error.code,
      ...(row === undefined ? {} : { row }),
      ...(columns === undefined ? {} : { columns }),
    };
  }
}

function piecesOf(file: Buffer, length: number): readonly Buffer[] {
  const pieces = [];
  for (let at = 0; at < file.length; at += length) pieces.push(file.subarray(at, at + length));
  return pieces;
}

describe.each(Object.entries(CORPUS))('files by their %s', (_, cases) => {
  it.each(cases)('%s', async (_name, content, expected) => {
    const file = Buffer.from(content);
    const whole = 'refused' in expected ? expected : { delimiter: ',', warnings: [], ...expected };
    // The largest files are read in larger pieces, the rest byte by byte too.
    for (const pieceBytes of file.length > 10_000 ? [64 * 1024] : [1, 64 * 1024]) {
      expect(await told(file, pieceBytes)).toEqual(whole);
    }
  });
});

it('The corpus has at least 60 files', () => {
  expect(Object.values(CORPUS).flat().length).toBeGreaterThanOrEqual(60);
});
