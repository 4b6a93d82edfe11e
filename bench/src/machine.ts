import { availableParallelism, cpus, totalmem } from 'node:os';

const GIB = 1024 ** 3;

/** What a figure depends on most, in one line. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), ${Math.round(totalmem() / GIB)} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}
