/** Runs work over so many rows and answers with rows a second. */
export async function rateOf(rows: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return rows / (Number(process.hrtime.bigint() - start) / 1e9);
}
