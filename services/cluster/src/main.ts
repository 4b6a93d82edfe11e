import { stopOnSignals } from '@poinciana/standalone';
import { startCluster, type Cluster } from './composition/cluster.js';
import { residentMemory, sentenceFor, welcome } from './terminal.js';
import { HELP, readOptions, type TerminalOptions } from './options.js';

const beginning = performance.now();

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === undefined) say(HELP);
    else await live(options);
  } catch (error) {
    complain(sentenceFor(error));
    process.exitCode = 1;
  }
}

async function live(options: TerminalOptions): Promise<void> {
  const starting = startCluster({
    port: options.port,
    say,
    complain,
    onFailure: (error) => {
      complain(`The cluster ends, because something it cannot do without is lost: ${sentenceFor(error)}`);
      void end(starting, 1);
    },
  });
  stopOnSignals(() => {
    say('Stopping: the demo and requests first, then the services, then Kafka, then PostgreSQL …');
    void end(starting, 0);
  });
  const cluster = await starting;
  say(await welcome(cluster, (performance.now() - beginning) / 1_000));
  if (!options.demo) return;
  const { over } = await cluster.startDemo(options);
  const isOver = await over;
  if (isOver) say(await residentMemory(cluster));
  if (options.demoOnly) await end(starting, isOver ? 0 : 1);
}

/** Ends everything in order. A start that is under way is finished first: half of one cannot be stopped in order. */
async function end(starting: Promise<Cluster>, exitCode: number): Promise<void> {
  try {
    await (await starting).stop();
    process.exitCode = exitCode;
    if (exitCode === 0) say('Stopped.');
  } catch (error) {
    complain(sentenceFor(error));
    process.exitCode = 1;
  }
  process.exit();
}

await main();
