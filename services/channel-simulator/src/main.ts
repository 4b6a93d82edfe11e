import { PortInUseError, startChannelSimulator } from './channel-simulator.js';
import { HELP, readCommandLine } from './command-line.js';

async function main(): Promise<void> {
  const asked = readCommandLine(process.argv.slice(2));
  if (asked.help) {
    process.stdout.write(HELP);
    return;
  }
  const simulator = await startChannelSimulator(asked.options);
  process.stdout.write(`channel-simulator listens on ${simulator.url}\n`);
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void simulator.stop();
    });
  }
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

main().catch((error: unknown) => {
  if (error instanceof PortInUseError) {
    process.stderr.write(`channel-simulator: ${error.message}. Give another one with --port, or end that program.\n`);
  } else if (error instanceof RangeError || isArgumentError(error)) {
    process.stderr.write(`channel-simulator: ${error.message}\nSee --help.\n`);
  } else {
    process.stderr.write(`channel-simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
  process.exitCode = 1;
});
