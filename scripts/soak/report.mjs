import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../steps/root.mjs';

/** Writes `docs/soak/<day>-<seed>.md`, and answers with its path in the checkout. */
export function writeReport({ minutes, seed, results }, folder = join(root, 'docs', 'soak')) {
  mkdirSync(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const file = join(folder, `${day}-${seed}.md`);
  writeFileSync(file, reportText({ day, minutes, seed, results }));
  return relative(root, file);
}

export function reportText({ day, minutes, seed, results }) {
  return [
    `# Soak of ${day}`,
    '',
    `${minutes} minutes, seed ${seed}, ${availableParallelism()} cores, Node ${process.version}.`,
    ...results.flatMap(({ name, findings, counts }) => [
      '',
      `## ${name}: ${findings.length === 0 ? 'passed' : 'failed'}`,
      '',
      ...Object.entries(counts).map(([what, count]) => `- ${what}: ${count}`),
      ...findings.map((finding) => `- **${finding}**`),
    ]),
    '',
  ].join('\n');
}
