import { help, readCommandLine } from './operation/command-line.js';
import { openApi } from './operation/operated-api.js';
import { runCommand } from './operation/run-command.js';
import { sentenceFor } from './sentence.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2));
  if (options === undefined) return print(help);
  const api = await openApi(options, process.env, say);
  try {
    if (!(await runCommand(api, options, { print, say }))) process.exitCode = 1;
  } finally {
    await api.close();
  }
}

main().catch((error: unknown) => {
  say(sentenceFor(error, undefined));
  process.exitCode = 1;
});
