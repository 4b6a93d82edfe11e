import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const LINES_A_PIECE = 500;
/** More than so many of the widest lines have. */
const PIECE_BYTES_MAX = 4 * 1024 * 1024;
const WIDE_CELL = 'wide cells hold what somebody wrote, commas, "quotes" and signs: ж 😀. ';
/** How wide the rows of a wide file are, in repetitions of that text; they differ from each other. */
const WIDE_REPETITIONS = [20, 45, 70] as const;

/** Writes a file of so many people with eight columns, all of them new. */
export async function writeNarrowFile(path: string, name: string, rows: number): Promise<void> {
  const line = (at: number) =>
    `${name}-${at},${name}${at}@example.com,Person ${at},,w-${name}-${at},2026-06-30,${at},Europe/Berlin\n`;
  const header = 'external_id,email,name,telegram_id,web_id,due_date,amount,timezone\n';
  await write(path, header, line, (at) => at < rows);
}

/** Writes a file of wide rows that has nearly so many bytes, never more. Answers how many rows it has. */
export async function writeWideFile(path: string, bytes: number): Promise<number> {
  const line = (at: number) => {
    const text = WIDE_CELL.repeat(WIDE_REPETITIONS[at % WIDE_REPETITIONS.length] ?? 1).replaceAll('"', '""');
    return `wide-${at},wide${at}@example.com,"${text}"\n`;
  };
  return write(path, 'external_id,email,name\n', line, (_, written) => written < bytes - PIECE_BYTES_MAX);
}

async function write(
  path: string,
  header: string,
  lineOf: (at: number) => string,
  goesOn: (at: number, written: number) => boolean,
): Promise<number> {
  const file = createWriteStream(path);
  file.write(header);
  let rows = 0;
  let written = header.length;
  while (goesOn(rows, written)) {
    let piece = '';
    for (let line = 0; line < LINES_A_PIECE && goesOn(rows, written); line += 1, rows += 1) piece += lineOf(rows);
    written += Buffer.byteLength(piece);
    if (!file.write(piece)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return rows;
}
