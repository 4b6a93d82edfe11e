import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../steps/root.mjs';

/** Runs the program of a campaign at this terminal, and answers `{ name, findings, counts }`; one that says nothing at its end failed. */
export async function runCampaign({ name, program, minutes, seed }) {
  const parameters = [join(root, program), '--minutes', String(minutes), '--seed', String(seed)];
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['inherit', 'pipe', 'inherit'] });
  let last = '';
  createInterface(child.stdout).on('line', (line) => {
    last = line;
    console.log(line);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { name, ...resultIn(last, code) };
}

function resultIn(line, code) {
  try {
    const { findings, counts } = JSON.parse(line);
    return { findings: code === 0 || findings.length > 0 ? findings : [`It ended with exit code ${code}`], counts };
  } catch {
    return { findings: [`It ended with exit code ${code} and without a result`], counts: {} };
  }
}
