/** A line of a CSV file that comes back equal when it is read: every cell quoted. */
export function tableLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
